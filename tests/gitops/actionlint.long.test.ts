import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/root";

/** A fixed version: Go checks what it loads against its public checksums. */
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const folder = join(ROOT, "examples", "gitops", ".github", "workflows");

function isInstalled(command: string): boolean {
  return spawnSync(command, ["version"], { stdio: "ignore" }).status === 0;
}

// actionlint is built with Go; CI has it, and there a skipped test fails.
const withoutGo = isInstalled("go") ? "" : " (left out: Go is not installed)";
(withoutGo === "" ? test : test.skip)(
  `actionlint finds nothing in the workflows${withoutGo}`,
  () => {
    const run = (input: string | undefined, ...files: readonly string[]) =>
      spawnSync("go", ["run", ACTIONLINT, "-no-color", ...files], {
        encoding: "utf8",
        env: { ...process.env, GOWORK: "off", GOFLAGS: "" },
        ...(input === undefined ? {} : { input }),
      });
    const files = readdirSync(folder).map((name) => join(folder, name));
    const { status, stdout, stderr } = run(undefined, ...files);
    expect([status, stdout, stderr.replace(/^go: downloading .*\n/gm, "")]).toEqual([0, "", ""]);
    // It finds a planted mistake.
    const planted = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: [b]\n    steps: [{run: echo}]\n";
    expect(run(planted, "-").stdout).toContain('job "a" needs job "b"');
  },
  600_000,
);
