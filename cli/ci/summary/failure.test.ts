import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../../testing/surface";
import { ci } from "../ci";
import { validReport } from "../testing/reports";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-failure-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a command without a result writes its error into summary and JSON, and replaces earlier files", async () => {
  const [summary, json] = [join(folder, "s.md"), join(folder, "s.json")];
  const surface = fakeSurface(
    { "infra/Pulumi.yaml": "name: training\n" },
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
});

test("if a file cannot be written, the error of the command is still shown", async () => {
  const surface = fakeSurface({});
  const args = ["apply", "--stack", "dev", "--cwd", "nowhere", "--summary", folder];
  expect(await ci.run(args, surface)).toBe(1);
  expect(surface.complaints.join("\n")).toMatch(/^\/project\/nowhere is not a folder/);
});
