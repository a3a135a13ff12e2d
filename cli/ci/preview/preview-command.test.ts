import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseReview } from "../../../provider/policy/reviewed";
import type { EngineOptions } from "../stack/session";
import { automationError } from "../testing/automation";
import { diagnostic, step } from "../testing/events";
import { validReport } from "../testing/reports";
import { fakeSession } from "../testing/session";
import { preview } from "./preview";

let folder = "";
const before = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-preview-"));
  // Without a key, the prices of the account are not read.
  process.env = { ...before, HOME: folder, XDG_CONFIG_HOME: folder, LYCEUM_API_KEY: "" };
});
afterEach(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

const KEY = "key-of-the-account-4711";
const EXCEPTION = `Running program '/project/index.js' failed with an unhandled exception:\nError: boom ${KEY}\n    at f (/project/index.ts:7:3)`;

/** Runs a preview whose program creates an execution, and then ends in this way. */
async function previewed(end: (options: EngineOptions, stop: () => void) => void = () => undefined) {
  const [json, save] = [join(folder, "data.json"), join(folder, "review.json")];
  writeFileSync(save, "an earlier review");
  const fake = fakeSession(
    {
      preview: (options) => {
        options.onEvent(step("create", "job", { new: { executionType: "cpu", timeout: 60, composeFileCode: "a: 1" } }));
        end(options, () => fake.stop.abort());
      },
    },
    { operation: "preview", annotates: true, json, save },
    {},
    { LYCEUM_API_KEY: KEY },
  );
  const code = await preview(fake.session);
  const { result } = validReport(readFileSync(json, "utf8"), code);
  const review = existsSync(save) ? parseReview(readFileSync(save, "utf8")).kind : "none";
  return { code, result, review, ran: fake.ran, output: fake.surface.output.join("\n") };
}

const ended = { ran: ["preview", "remove if new"] };

test.each<[string, Parameters<typeof previewed>[0], object]>([
  ["that succeeds saves its review", undefined, { code: 0, result: "succeeded", review: "review", output: "" }],
  [
    "of a program that fails has no review, and shows no secret of the environment",
    ({ onEvent }) => {
      onEvent(diagnostic("job", "error", EXCEPTION));
      throw automationError("CommandError");
    },
    {
      code: 1,
      result: "failed",
      review: "none",
      output: expect.stringMatching(/^::error file=index\.ts,line=7,\S*title=LYC5020::Error: boom \[redacted\]/),
    },
  ],
  [
    "that a signal stops leaves the earlier review",
    (_options, stop) => stop(),
    { code: 130, result: "stopped", review: "error", output: "" },
  ],
])("a preview %s", async (_what, end, expected) => {
  expect(await previewed(end)).toEqual({ ...ended, ...expected });
});
