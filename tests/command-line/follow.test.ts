import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker, dockerHost, EXECUTION_LABEL } from "../harness/emulator/docker";
import { type Emulator, startEmulator, startRun } from "../harness/emulator/emulator";
import { NO_DOCKER, testUnless } from "../harness/needs";
import { kill } from "../harness/processes/processes";
import { start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";

const main = join(ROOT, "dist", "cli", "main.js");
// The output has tabs, an empty line, characters that are not ASCII, a line of 9 KB, and text that looks like a command
// for a pipeline.
const SCRIPT = `trap "exit 0" TERM; printf "a\\tb\\n\\n::error::no\\n"; for i in 1 2 3 4 5 6; do echo "step $$i ä€😀"; sleep 1; done; head -c 9000 /dev/zero | tr "\\000" x; echo; echo done; exit 7`;
const TEXT = JSON.stringify({
  services: { job: { image: "busybox:stable", command: ["sh", "-c", SCRIPT] } },
});

let folder = "";
let emulator: Emulator;

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  let printed = "";
  const onOutput = (chunk: string): void => {
    printed += chunk;
  };
  return {
    ...start(command, args, { cwd: folder, env, onOutput, untilClosed: true }),
    sofar: () => printed,
  };
}

const environment = () => ({ ...process.env, LYCEUM_BASE_URL: emulator.url, LYCEUM_API_KEY: emulator.apiKey });
const logs = (...args: readonly string[]) => run(process.execPath, [main, "logs", ...args], environment());

const startText = (text: string) => startRun(emulator, { compose_file_code: text, file_name: "follow", timeout: 60 });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-follow-"));
  emulator = await startEmulator("simulated", folder, process.env);
});
afterEach(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

testUnless(NO_DOCKER, "follows a container to its end, with the text that Docker has", async () => {
  const plugin = process.env.LYCEUM_TEST_COMPOSE_PLUGIN ?? "";
  const env = { ...process.env, ...dockerHost(), LYCEUM_EMULATOR_COMPOSE_PLUGIN: plugin };
  await emulator.stop();
  emulator = await startEmulator("docker", join(folder, "docker"), env);
  const id = await startText(TEXT);
  const filter = `label=${EXECUTION_LABEL}=${id}`;
  const container = await waitUntil(
    "the container of the run",
    () => docker("ps", "--quiet", "--filter", filter) || undefined,
  );
  const reference = run("docker", ["logs", "--follow", container], { ...process.env, ...dockerHost() });
  const followed = await logs(id, "--follow", "--no-prefix", "--raw").ended;
  expect(followed.exitCode).toBe(7);
  expect(followed.stdout).toBe((await reference.ended).stdout);
});

test("^C ends the command with 130, and never the run", async () => {
  const id = await startText('services: {a: {image: b}}\nx-lyceum-sim: {run: 600, output: ["on"]}\n');
  const followed = logs("follow", "-f");
  await waitUntil("the first line", () => followed.sofar().includes("on") || undefined);
  kill(followed.pid, "SIGINT");
  expect((await followed.ended).exitCode).toBe(130);
  const requests = await emulator.control.requests();
  expect(requests.map(({ operation }) => operation)).not.toContain("abortWorkload");
  const shown = await run(process.execPath, [main, "show", id, "--json"], environment()).ended;
  expect(JSON.parse(shown.stdout)).toMatchObject({ executionId: id, status: "running", label: "follow" });
});

test("each command about runs says on the standard error that the run is simulated", async () => {
  const id = await startText("services: {a: {image: b}}\nx-lyceum-sim: {start: 0, run: 0}\n");
  await logs(id, "--follow").ended;
  const report = join(folder, "report.md");
  for (const words of [
    ["list", "--status", "completed"],
    ["show", id],
    ["show", id, "--json"],
    ["logs", id],
    ["report", id, "-o", report],
  ]) {
    const { stdout, stderr } = await run(process.execPath, [main, ...words], environment()).ended;
    expect([words, stderr]).toEqual([words, expect.stringContaining("SIMULATED: the answers are from an emulator")]);
    expect(stdout).not.toContain("SIMULATED: the answers");
  }
  expect(readFileSync(report, "utf8")).toContain("**SIMULATED: ");
});

test("in a pipe, a line has no effect on a pipeline, unless it is printed raw", async () => {
  const lines = ["::error::a", "##vso[task.complete]b", "\u001b]8;;https://a.example\u0007c\u001b[31m"];
  const id = await startText(
    `services: {a: {image: b}}\nx-lyceum-sim: {run: 0.1, start: 0, output: ${JSON.stringify(lines)}}\n`,
  );
  await logs(id, "--follow").ended;
  const shown = await logs(id, "--no-prefix").ended;
  expect(shown.stdout).toBe(": :error::a\n# #vso[task.complete]b\nc\n");
  expect((await logs(id, "--no-prefix", "--raw").ended).stdout).toBe(`${lines.join("\n")}\n`);
  const json = (await logs(id, "--json").ended).stdout;
  expect(json).toMatch(/^[ -~\n]*$/);
  expect(json).not.toContain("##");
  expect(
    json
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).message),
  ).toEqual(lines);
  expect(await logs(id, "--json", "--raw").ended).toMatchObject({ exitCode: 2 });
});

test("when the logs are refused, the output of the record is followed", async () => {
  const fault = { kind: "status", status: 404 };
  await emulator.control.fault({ operation: "getExecutionLogs", times: "always", fault });
  const id = await startText(
    'services: {a: {image: b}}\nx-lyceum-sim: {run: 1, output: ["one", "two"], exitCode: 4}\n',
  );
  const followed = await logs(id, "--follow").ended;
  expect([followed.stdout, followed.exitCode]).toEqual(["one\ntwo\n", 4]);
});
