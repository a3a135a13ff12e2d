import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";

jest.setTimeout(300_000);

const SUITES = 20;
/** The part of a suite that is the same in each runner. */
const BODY = `
  const emulator = await startEmulator();
  const headers = { authorization: \`Bearer \${emulator.apiKey}\`, "content-type": "application/json" };
  const begin = () => fetch(\`\${emulator.environment.LYCEUM_BASE_URL}/execution/compose/start\`, {
    method: "POST",
    headers,
    body: JSON.stringify({ compose_file_code: "services: {a: {image: x}}\\nx-lyceum-sim: {run: 500}", execution_type: "cpu", timeout: 600 }),
  });
  const remove = await emulator.inject({ operation: "startComposeExecution", fault: { kind: "status", status: 503, commit: "after" }, times: "always" });
  assert.equal((await begin()).status, 503);
  await remove();
  const { execution_id: id } = await (await begin()).json();
  await emulator.advance(60);
  assert.equal((await emulator.runs()).at(-1).status, "running");
  await emulator.end(id, { status: "failed", returnCode: 3 });
  assert.equal((await emulator.runs()).at(-1).returnCode, 3);
  assert.ok((await emulator.requests()).some(({ operation }) => operation === "startComposeExecution"));
`;
const HEAD = `const assert = require("node:assert");\nconst { startEmulator } = require("pulumi-lyceum/testing");\n`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-testing-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules", "pulumi-lyceum"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({ PATH: process.env.PATH, HOME: folder });

/** Returns the emulators of this test that still run, and the data folders that they have left. */
function left(): readonly string[] {
  const running = readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${folder}\0`);
    } catch {
      return false;
    }
  });
  const base = join(folder, ".local", "state", "pulumi-lyceum", "emulators");
  const data = existsSync(base) ? readdirSync(base).flatMap((machine) => readdirSync(join(base, machine))) : [];
  return [...running, ...data];
}

/** Writes the suites, of which half stop their emulator. */
function write(nameOf: (suite: number) => string, wrapped: (body: string) => string): void {
  for (let suite = 0; suite < SUITES; suite++) {
    const end = suite % 2 === 0 ? "  await emulator.stop();\n" : "";
    writeFileSync(join(folder, nameOf(suite)), wrapped(`${BODY}${end}`));
  }
}

test("20 suites of node:test each have an emulator of their own, and leave nothing", async () => {
  write(
    (suite) => `suite-${suite}.test.js`,
    (body) => `${HEAD}require("node:test").test("a run", async () => {${body}});\n`,
  );
  const files = Array.from({ length: SUITES }, (_, suite) => `suite-${suite}.test.js`);
  const run = start(process.execPath, ["--test", ...files], { cwd: folder, env: environment(), deadlineSeconds: 240 });
  const { exitCode, stdout } = await run.ended;
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/# pass 20\n/)]);
  await waitUntil("the emulators to end", 30, () => left().length === 0);
});

test("suites of jest do the same", async () => {
  write(
    (suite) => `suite-${suite}.test.js`,
    (body) => `${HEAD}test("a run", async () => {${body}}, 120000);\n`,
  );
  writeFileSync(join(folder, "jest.config.js"), "module.exports = {};\n");
  const jest_ = join(ROOT, "node_modules", "jest", "bin", "jest.js");
  const run = start(process.execPath, [jest_, "--maxWorkers=4", "--rootDir", folder], {
    cwd: folder,
    env: environment(),
    deadlineSeconds: 240,
  });
  const { exitCode, stderr } = await run.ended;
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining("Tests:       20 passed, 20 total")]);
  await waitUntil("the emulators to end", 30, () => left().length === 0);
});

test("an emulator ends with its test runner, even if the runner is killed", async () => {
  const script = `${HEAD}(async () => { await startEmulator(); console.log("ready"); setInterval(() => {}, 1000); })();`;
  const child = spawn(process.execPath, ["-e", script], { cwd: folder, env: environment() });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  expect(left().length).toBeGreaterThan(1);
  child.kill("SIGKILL");
  await waitUntil("the emulator to end", 30, () => left().length === 0);
});
