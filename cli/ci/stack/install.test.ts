import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../../testing/surface";
import { referencesOf } from "../all/references";
import { readRequest } from "../options";
import { installPackages, needsInstall } from "./install";
import { withSession } from "./session";

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

  test("if it fails, this is an error for each stack of the project, and it does not run again", async () => {
    const reason = "It printed:\nno such package";
    const failed = `\`pulumi install\` failed in ${folder}. ${reason}`;
    expect((await run("echo no such package >&2; exit 3")).error).toBe(failed);
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

  /** Returns a request to install packages with this script in place of the Pulumi CLI. */
  function withScript(script: string) {
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "pulumi"), 0o755);
    process.env.PATH = `${folder}:${path}`;
    const files = fakeSurface({ [join(folder, "Pulumi.yaml")]: "name: a\nruntime: python\n" });
    const surface = { ...files, stat: () => "folder" as const };
    return { surface, request: { ...readRequest(["preview", "--stack", "dev", "--install"], surface), folder } };
  }

  test("what it prints is shown, even if its command only searches for references", async () => {
    const { surface, request } = withScript("echo no such package >&2; exit 3");
    expect(await referencesOf(request, surface)).toEqual([]);
    expect(surface.complaints).toEqual(["no such package"]);
  });

  test("a command that a signal stops during the installation counts as stopped, not as failed", async () => {
    const { surface, request } = withScript("exec sleep 60");
    const ended = withSession(request, surface, () => Promise.resolve(0), { stopped: () => 130, locked: () => 3 });
    await new Promise((resolve) => setTimeout(resolve, 0));
    process.emit("SIGTERM");
    expect(await ended).toBe(130);
  });
});
