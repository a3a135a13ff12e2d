import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listProcesses, marked, type ProcessInfo } from "../harness/processes/processes";
import { ROOT } from "../harness/root";

/** The number of suites. Each suite has a separate emulator. */
export const SUITES = 8;

/** The part of a suite that is the same in each runner of JavaScript. */
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

/** The same suite in Python. With pytest, the fixture ends each emulator. */
const PYTHON = `
import json, os, urllib.error, urllib.request

def test_run(lyceum_emulator):
    emulator = lyceum_emulator
    assert os.environ["LYCEUM_API_KEY"] == emulator.api_key and os.environ["LYCEUM_BASE_URL"] == emulator.url

    def begin():
        text = "services: {a: {image: x}}\\nx-lyceum-sim: {run: 500}"
        body = json.dumps({"compose_file_code": text, "execution_type": "cpu", "timeout": 600}).encode()
        headers = {"authorization": f"Bearer {emulator.api_key}", "content-type": "application/json"}
        request = urllib.request.Request(emulator.url + "/execution/compose/start", data=body, headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, None

    fault = {"kind": "status", "status": 503, "commit": "after"}
    remove = emulator.inject({"operation": "startComposeExecution", "fault": fault, "times": "always"})
    assert begin()[0] == 503
    remove()
    status, started = begin()
    assert status == 200
    emulator.advance(60)
    run = emulator.runs()[-1]
    assert (run.execution_id, run.status, run.return_code) == (started["execution_id"], "running", None)
    emulator.end(run, "failed", return_code=3)
    run = emulator.runs()[-1]
    assert (run.status, run.return_code, run.timeline[0].status) == ("failed", 3, "pending")
    assert "startComposeExecution" in [request.operation for request in emulator.requests()]
`;

/** A suite that starts an emulator and then does not end. */
const HANGING = {
  javascript: `await startEmulator(); require("node:fs").writeFileSync("ready", ""); await new Promise((end) => setTimeout(end, 600_000));`,
  python: `
import time

def test_hangs(lyceum_emulator):
    open("ready", "w").close()
    time.sleep(600)
`,
} as const;

/** A test runner: the files of its suites, and its command line. */
export interface Runner {
  readonly name: string;
  /** Why the machine does not have the runner. */
  readonly missing?: string | undefined;
  readonly fileOf: (suite: number) => string;
  /** Makes a suite with a body in the runner's language. */
  readonly suiteOf: (body: string) => string;
  /** The bodies of the suites. Absent if the runner is for JavaScript. */
  readonly bodies?: typeof PYTHON_BODIES;
  readonly command: (files: readonly string[], folder: string) => readonly string[];
  /** The number of processes that share the suites, for a runner that runs one suite after the other. */
  readonly processes?: number;
  /** Finds the number of passed suites in the output. */
  readonly passed: RegExp;
}

const PYTHON_BODIES = { whole: PYTHON, hanging: HANGING.python } as const;
const HEAD = `const assert = require("node:assert");\nconst { startEmulator } = require("pulumi-lyceum/testing");\n`;
const ES_HEAD = `import assert from "node:assert";\nimport { createRequire } from "node:module";\nimport { startEmulator } from "pulumi-lyceum/testing";\nconst require = createRequire(import.meta.url);\n`;
const javascript = (suite: number) => `suite-${suite}.test.js`;

/** The runners. The package of Vitest and the environment of Python are obtained at the first use. */
export function runners(vitest: string, vitestMissing: string | undefined, python: string): readonly Runner[] {
  const jest = join(ROOT, "node_modules", "jest", "bin", "jest.js");
  return [
    {
      name: "node:test",
      fileOf: javascript,
      suiteOf: (body) => `${HEAD}require("node:test").test("a run", async () => {${body}});\n`,
      command: (files) => [process.execPath, "--test", ...files],
      passed: /^# pass (\d+)$/m,
    },
    {
      name: "jest",
      fileOf: javascript,
      suiteOf: (body) => `${HEAD}test("a run", async () => {${body}}, 700000);\n`,
      command: (_files, folder) => [process.execPath, jest, "--maxWorkers=4", "--rootDir", folder],
      passed: /^Tests: +(\d+) passed/m,
    },
    {
      name: "vitest",
      missing: vitestMissing,
      fileOf: (suite) => `suite-${suite}.test.mjs`,
      suiteOf: (body) => `import { test } from "vitest";\n${ES_HEAD}test("a run", async () => {${body}}, 700000);\n`,
      command: (_files, folder) => [process.execPath, vitest, "run", "--root", folder, "--maxWorkers=4"],
      passed: /Tests +(\d+) passed/,
    },
    {
      name: "pytest",
      missing: python === "" ? "there is no Python for it" : undefined,
      fileOf: (suite) => `test_suite_${suite}.py`,
      suiteOf: (body) => body,
      bodies: PYTHON_BODIES,
      command: (files) => [python, "-m", "pytest", "-p", "no:cacheprovider", ...files],
      processes: 4,
      passed: /(\d+) passed/,
    },
  ];
}

/** The text of a suite. Half of the suites of JavaScript stop their emulator themselves. */
export function suiteText({ suiteOf, bodies }: Runner, suite: number): string {
  if (bodies !== undefined) return suiteOf(bodies.whole);
  return suiteOf(suite % 2 === 0 ? `${BODY}  await emulator.stop();\n` : BODY);
}

/** The text of a suite that does not end. */
export function hangingText({ suiteOf, bodies }: Runner): string {
  return suiteOf(bodies?.hanging ?? HANGING.javascript);
}

/** Makes a folder with a project that has installed this package, for each runner. */
export function projectFolder(vitest: string): string {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-testing-"));
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  writeFileSync(join(folder, "jest.config.js"), "module.exports = {};\n");
  symlinkSync(ROOT, join(folder, "node_modules", "pulumi-lyceum"));
  symlinkSync(join(ROOT, "dist", "cli", "main.js"), join(folder, "node_modules", ".bin", "pulumi-lyceum"));
  if (vitest !== "") symlinkSync(join(vitest, ".."), join(folder, "node_modules", "vitest"));
  return folder;
}

/** The processes of a project's tests that still run. */
export function runningOf(folder: string): readonly ProcessInfo[] {
  return marked(`HOME=${folder}`, listProcesses());
}

/** What a project's tests have left: processes, and data folders of emulators. */
export function leftBy(folder: string): readonly string[] {
  const base = join(folder, ".local", "state", "pulumi-lyceum", "emulators");
  const data = existsSync(base) ? readdirSync(base).flatMap((machine) => readdirSync(join(base, machine))) : [];
  return [...runningOf(folder).map(({ command }) => command), ...data];
}
