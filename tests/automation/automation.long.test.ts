import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { outputOf } from "../harness/commands";
import { abortsIn, startsIn } from "../harness/golden/counts";
import { start } from "../harness/processes/run";
import { pulumiFolder } from "../harness/processes/tools";
import { ROOT } from "../harness/root";
import { emulatorIn, Setup } from "../harness/setup";
import { Workspace } from "../harness/workspace";

/**
 * Tests the Automation API with a `workDir`. The provider runs in that folder, and the inline program in another one.
 * Pulumi must find the package in the provider's folder.
 */

const TEXTS_OF_0_1_0 = { TEXT_OF_0_1_0: "1" };

let setup: Setup;
/** A folder with Pulumi's SDK and without this package. */
let without: string;

beforeAll(async () => {
  setup = new Setup(...(await emulatorIn(new Workspace("automation", join(__dirname, "program")))));
  without = mkdtempSync(join(tmpdir(), "lyceum-automation-"));
  mkdirSync(join(without, "node_modules"));
  // Without a project file, the workspace would write one that makes the provider run in the folder of the program.
  writeFileSync(join(without, "Pulumi.yaml"), "name: story\nruntime: nodejs\n");
  symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(without, "node_modules", "@pulumi"));
});

afterAll(async () => {
  await setup.emulator.stop();
  rmSync(without, { recursive: true });
  setup.work.remove();
});

/** Runs one operation of the program in a folder, which is not the folder of the workspace. */
async function run(operation: string, folders: { readonly cwd: string; readonly workDir: string }, more = {}) {
  const { control, environment, work } = setup;
  const before = (await control.requests()).length;
  const result = await start(
    process.execPath,
    [join(work.program, "index.js"), operation, folders.workDir, dirname(pulumiFolder())],
    { cwd: folders.cwd, env: { ...environment, ...more } },
  ).ended;
  const requests = (await control.requests()).slice(before);
  return { text: outputOf(result), exitCode: result.exitCode, did: [startsIn(requests), abortsIn(requests)] };
}

test("a workDir with the package is enough, and another provider text of the same resources changes nothing", async () => {
  const folders = { cwd: without, workDir: setup.work.program };
  const first = await run("up", folders, TEXTS_OF_0_1_0);
  expect(first.text).toContain('{"create":3}');
  expect(first.did).toEqual([1, 0]);

  for (const more of [{}, TEXTS_OF_0_1_0, {}]) {
    const again = await run("up", folders, more);
    expect(again.text).toContain('{"same":3}');
    expect(again.did).toEqual([0, 0]);
  }
  expect((await run("refresh", folders)).exitCode).toBe(0);
  const destroyed = await run("destroy", folders);
  expect(destroyed.text).toContain('{"delete":3}');
  expect(destroyed.did).toEqual([0, 1]);
});

test("every command names a workDir without the package, and what to install", async () => {
  const sentence = new RegExp(`LYC4001: pulumi-lyceum is not installed in ${without}.*npm install pulumi-lyceum`);
  const { program } = setup.work;
  const folders = { cwd: program, workDir: without };
  for (const operation of ["preview", "up"]) {
    const refused = await run(operation, folders);
    expect(refused.exitCode).toBe(1);
    expect(refused.text).toMatch(sentence);
    expect(refused.text).not.toContain("Require stack");
    expect(refused.did).toEqual([0, 0]);
  }
  const there = { cwd: program, workDir: program };
  expect((await run("up", there)).exitCode).toBe(0);
  const refused = await run("refresh", folders);
  expect(refused.text).toMatch(sentence);
  expect((await run("destroy", there)).did).toEqual([0, 1]);
});
