import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../../testing/surface";
import { ci } from "../ci";
import type { CiRequest } from "../options";
import { validReport } from "../testing/reports";
import { reportFailure, reportLocked, reportStopped } from "./failure";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-failure-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(["Pulumi.yaml", "Pulumi.yml"])(
  "a command without a result writes its error into summary and JSON, and replaces earlier files: %s",
  async (file) => {
    const [summary, json] = [join(folder, "s.md"), join(folder, "s.json")];
    const surface = fakeSurface(
      { [`infra/${file}`]: "name: training\n" },
      { LYCEUM_API_KEY: "key-of-the-account-4711" },
    );
    const args = ["preview", "--stack", "dev", "--cwd", "infra", "--summary", summary, "--json", json];
    expect(await ci.run(args, surface)).toBe(1);
    const text = readFileSync(summary, "utf8");
    expect(text).toMatch(/^<!-- pulumi-lyceum preview training\/dev -->\n\n### Preview of training\//);
    expect(text).toMatch(/\*\*It failed before anything was known\.\*\*\n\n\*\*Error\*\*\n\n```\n\S/);
    expect(validReport(readFileSync(json, "utf8"), 1)).toMatchObject({
      project: "training",
      result: "failed",
      messages: [{ severity: "error" }],
    });
  },
);

test("if a file cannot be written, the error of the command is still shown", async () => {
  const surface = fakeSurface({});
  const args = ["apply", "--stack", "dev", "--cwd", "nowhere", "--summary", folder];
  expect(await ci.run(args, surface)).toBe(1);
  expect(surface.complaints.join("\n")).toMatch(/^\/project\/nowhere is not a folder/);
});

const REQUEST = { operation: "apply", stack: "dev", folder: "/project/infra", previewOnly: false } as const;

test.each([
  ["failed", 1, "**It failed before anything was known.**", [{ severity: "error", name: "", text: "no [redacted]" }]],
  ["stopped", 130, "**It was stopped by a signal.**", []],
  ["locked", 3, "**It did not begin: another command has locked the stack.**", []],
])("a command without a result has a whole report: %s", (result, code, headline, messages) => {
  const [summary, json] = [join(folder, "s.md"), join(folder, "s.json")];
  const surface = fakeSurface(
    { "infra/Pulumi.yaml": "name: training\n" },
    { LYCEUM_API_KEY: "key-of-the-account-4711" },
  );
  const request = { ...REQUEST, summary, json } as unknown as CiRequest;
  if (result === "stopped") expect(reportStopped(request, surface)).toBe(code);
  else if (result === "locked") expect(reportLocked(request, surface)).toBe(code);
  else reportFailure(request, surface, "no key-of-the-account-4711");
  expect(validReport(readFileSync(json, "utf8"), code)).toMatchObject({ project: "training", result, messages });
  const text = readFileSync(summary, "utf8");
  expect(
    text.startsWith(`<!-- pulumi-lyceum apply training/dev -->\n\n### Apply of training/dev\n\n${headline}\n`),
  ).toBe(true);
});

test("a report that cannot be written is no second error, but a bug is one", () => {
  const request = { ...REQUEST, json: folder } as unknown as CiRequest;
  expect(reportStopped(request, fakeSurface({}))).toBe(130);
  const variable = () => {
    throw new TypeError("a bug");
  };
  expect(() => reportStopped(request, { ...fakeSurface({}), variable })).toThrow("a bug");
});
