import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../../testing/surface";
import { installPackages, needsInstall } from "./install";

test.each([
  ["yaml", "/repo/infra", [], false],
  ["nodejs", "/repo/infra", [], false],
  ["nodejs", "/repo/infra", ["/repo/infra/package.json"], true],
  // `npm ci` of the pipeline has installed these packages.
  ["nodejs", "/repo", ["/repo/package.json"], false],
  ["python", "/repo", [], true],
  ["go", "/repo/infra", [], true],
  ["", "/repo/infra", [], true],
])("a project in %j in %s with %j: %s", (runtime, folder, files, needs) => {
  expect(needsInstall({ runtime }, folder, "/repo", (path) => files.includes(path as never))).toBe(needs);
});

describe("`pulumi install`", () => {
  const path = process.env.PATH;
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lyceum-install-"));
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  /** Runs the function with this script in place of the Pulumi CLI. */
  async function run(script: string | undefined, stopped = new AbortController().signal) {
    if (script !== undefined) {
      writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, "pulumi"), 0o755);
    }
    process.env.PATH = script === undefined ? folder : `${folder}:${path}`;
    const surface = fakeSurface({});
    const error = await installPackages(folder, surface, stopped).catch((thrown: Error) => thrown.message);
    return { error, output: surface.output.join("\n"), complaints: surface.complaints.join("\n") };
  }

  test("it runs in the folder of the project, and its output is passed on", async () => {
    expect(await run('echo "$1 in $(pwd)"; echo careful >&2')).toEqual({
      error: undefined,
      output: expect.stringMatching(/^install in .*lyceum-install-/),
      complaints: "careful",
    });
  });

  test("its failure is an error, also for the next stack of the project, which does not run it again", async () => {
    const failed = `\`pulumi install\` failed in ${folder}`;
    expect((await run("exit 3")).error).toBe(failed);
    expect((await run("exit 0")).error).toBe(failed);
  });

  test("a missing CLI is an error", async () => {
    expect((await run(undefined)).error).toMatch(/^LYC5002: /);
  });

  test("a signal of the job ends it", async () => {
    const stop = new AbortController();
    const ended = run("exec sleep 60", stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 0));
    stop.abort();
    expect((await ended).error).toMatch(/failed in/);
  });
});
