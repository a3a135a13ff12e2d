import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { testUnless, whyNoGo } from "../../harness/needs";
import { ROOT } from "../../harness/root";
import { SETTINGS, withPipeline } from "./init";

/** A fixed version of the tool. Go verifies what it downloads with public checksums. */
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

function actionlint(input: string | undefined, ...files: readonly string[]) {
  return spawnSync("go", ["run", ACTIONLINT, "-no-color", ...files], {
    encoding: "utf8",
    env: { ...process.env, GOWORK: "off", GOFLAGS: "" },
    ...(input === undefined ? {} : { input }),
  });
}

function expectNothingFound(root: string): void {
  const folder = join(root, ".github", "workflows");
  const files = readdirSync(folder).map((name) => join(folder, name));
  const { status, stdout, stderr } = actionlint(undefined, ...files);
  expect([status, stdout, stderr.replace(/^go: downloading .*\n/gm, "")]).toEqual([0, "", ""]);
}

testUnless(whyNoGo(), "actionlint finds nothing in the workflows that `ci init` writes", () => {
  for (const settings of SETTINGS) withPipeline("github", settings, expectNothingFound);
  // The test plants a mistake, and the tool finds it.
  const planted = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: [b]\n    steps: [{run: echo}]\n";
  expect(actionlint(planted, "-").stdout).toContain('job "a" needs job "b"');
});

testUnless(whyNoGo(), "actionlint finds nothing in our own workflows, which pin their actions", () => {
  expectNothingFound(ROOT);
  const folder = join(ROOT, ".github", "workflows");
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const uses = texts.flatMap((text) => [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action));
  expect(uses.length).toBeGreaterThan(5);
  for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
