import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testUnless } from "../harness/needs";
import { start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";
import { obtainVitest } from "./obtain";
import { hangingText, leftBy, projectFolder, type Runner, runners, runningOf, SUITES, suiteText } from "./testing-api";

const venv = process.env.LYCEUM_TEST_PYTHON_VENV ?? "";
const python = venv === "" ? "" : join(venv, "bin", "python");
// The newest Vitest that runs on Node.js 20.
const obtained = obtainVitest("4.1.12");
const vitest = obtained.kind === "have" ? obtained.value : "";
const missing = obtained.kind === "have" ? undefined : obtained.reason;

let folder = "";
beforeEach(() => {
  folder = projectFolder(vitest);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({
  PATH: process.env.PATH,
  HOME: folder,
  npm_config_update_notifier: "false",
  PYTHONPATH: join(folder, "site"),
  PYTHONDONTWRITEBYTECODE: "1",
  PY_COLORS: "0",
});

/** Installs the Python SDK for this test alone. Packages that it needs are in the environment of Python. */
function installSdk({ name }: Runner): void {
  if (name !== "pytest") return;
  const generate = join(ROOT, "tools", "release", "gen-sdk.mjs");
  execFileSync(process.execPath, [generate, "--language", "python", "--out", join(folder, "sdk")], { stdio: "pipe" });
  const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"];
  execFileSync(python, [...pip, "--target", join(folder, "site"), join(folder, "sdk", "python")], { stdio: "pipe" });
}

function run(runner: Runner, files: readonly string[]) {
  const [program = "", ...words] = runner.command(files, folder);
  return start(program, words, { cwd: folder, env: environment() });
}

/** The files of the suites, in as many parts as the runner has processes. */
function parts({ fileOf, processes = 1 }: Runner): readonly (readonly string[])[] {
  const files = Array.from({ length: SUITES }, (_, suite) => fileOf(suite));
  return Array.from({ length: processes }, (_, part) => files.filter((_file, index) => index % processes === part));
}

describe.each(runners(vitest, missing, python).map((runner) => [runner.name, runner] as const))("%s", (_, runner) => {
  testUnless(runner.missing, "eight suites each have an emulator of their own, and leave nothing", async () => {
    installSdk(runner);
    for (let suite = 0; suite < SUITES; suite++)
      writeFileSync(join(folder, runner.fileOf(suite)), suiteText(runner, suite));
    const ended = await Promise.all(parts(runner).map((files) => run(runner, files).ended));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colors are removed
    const outputs = ended.map(({ stdout, stderr }) => `${stdout}\n${stderr}`.replace(/\u001b\[[\d;]*m/g, ""));
    const passed = outputs.map((output) => Number(runner.passed.exec(output)?.[1] ?? 0));
    if (passed.reduce((sum, count) => sum + count, 0) !== SUITES) throw new Error(outputs.join("\n"));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual(ended.map(() => 0));
    await waitUntil("the emulators to end", () => leftBy(folder).length === 0);
  });

  testUnless(runner.missing, "if the runner is killed, its emulator ends and leaves nothing", async () => {
    installSdk(runner);
    writeFileSync(join(folder, runner.fileOf(0)), hangingText(runner));
    const { ended } = run(runner, [runner.fileOf(0)]);
    await waitUntil("the emulator", () => existsSync(join(folder, "ready")));
    const isOfEmulator = (command: string) => command.includes(" emulator ");
    const running = runningOf(folder);
    expect(running.filter(({ command }) => isOfEmulator(command)).length).toBeGreaterThan(0);
    // The runner and its workers are killed. Nobody has told the emulator.
    for (const { pid, command } of running) if (!isOfEmulator(command)) process.kill(pid, "SIGKILL");
    await ended;
    await waitUntil("the emulator to end", () => leftBy(folder).length === 0);
  });
});
