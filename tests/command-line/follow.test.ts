import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLyceumClient } from "../../provider/lyceum/client";
import { docker, dockerHost, EXECUTION_LABEL } from "../harness/emulator/docker";
import { type Emulator, startEmulator } from "../harness/emulator/emulator";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";

jest.setTimeout(180_000);
const main = join(ROOT, "dist", "cli", "main.js");
// Tabs, an empty line, what is no ASCII, a line of 9 KB, and what looks like a command for a pipeline.
const SCRIPT = `trap "exit 0" TERM; printf "a\\tb\\n\\n::error::no\\n"; for i in 1 2 3 4 5 6; do echo "step $$i ä€😀"; sleep 1; done; head -c 9000 /dev/zero | tr "\\000" x; echo; echo done; exit 7`;
const TEXT = JSON.stringify({
  services: { job: { image: "busybox:stable", command: ["sh", "-c", SCRIPT] } },
});

let folder = "";
let emulator: Emulator;

/** What a command has written to standard output, and how it ended. */
interface Ended {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly code: number | null;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const out: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) =>
      resolve({ stdout: Buffer.concat(out), stderr: Buffer.concat(complaints).toString(), code }),
    );
  });
  return { child, ended, sofar: () => Buffer.concat(out).toString() };
}

const environment = () => ({ ...process.env, LYCEUM_BASE_URL: emulator.url, LYCEUM_API_KEY: emulator.apiKey });
const logs = (...args: readonly string[]) => run(process.execPath, [main, "logs", ...args], environment());

async function start(text: string): Promise<string> {
  const client = createLyceumClient({
    token: emulator.apiKey,
    baseUrl: emulator.url,
    sources: { token: { kind: "environment", name: "A" }, baseUrl: { kind: "environment", name: "B" } },
  });
  const request = {
    compose_file_code: text,
    timeout: 60,
    execution_type: "cpu",
    file_name: "follow",
    enable_s3_mount: false,
  };
  const started = await client.start({ ...request, graceful_timeout: 5 });
  await client.close();
  if (started.kind !== "started") throw new Error(started.error.message);
  return started.executionId;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-follow-"));
  emulator = await startEmulator("simulated", folder, process.env);
});
afterEach(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Without a Docker daemon there is no container whose output could be compared; CI has one, and there a skipped test fails.
const withDocker = process.env.LYCEUM_TEST_DOCKER === "1" ? test : test.skip;
const reason = process.env.LYCEUM_TEST_DOCKER === "1" ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)";

withDocker(`follows a container to its end, with the bytes that Docker has${reason}`, async () => {
  const plugin = process.env.LYCEUM_TEST_COMPOSE_PLUGIN ?? "";
  const env = { ...process.env, ...dockerHost(), LYCEUM_EMULATOR_COMPOSE_PLUGIN: plugin };
  await emulator.stop();
  emulator = await startEmulator("docker", join(folder, "docker"), env);
  const id = await start(TEXT);
  const filter = `label=${EXECUTION_LABEL}=${id}`;
  const container = await waitUntil(
    "the container of the run",
    30,
    () => docker("ps", "--quiet", "--filter", filter) || undefined,
  );
  const reference = run("docker", ["logs", "--follow", container], { ...process.env, ...dockerHost() });
  const followed = await logs(id, "--follow", "--no-prefix", "--raw").ended;
  expect(followed.code).toBe(7);
  expect(followed.stdout.toString()).toBe((await reference.ended).stdout.toString());
});

test("^C ends the command with 130, and never the run", async () => {
  const id = await start('services: {a: {image: b}}\nx-lyceum-sim: {run: 600, output: ["on"]}\n');
  const followed = logs("follow", "-f");
  await waitUntil("the first line", 30, () => followed.sofar().includes("on") || undefined);
  followed.child.kill("SIGINT");
  expect((await followed.ended).code).toBe(130);
  const requests = await emulator.control.requests();
  expect(requests.map(({ operation }) => operation)).not.toContain("abortWorkload");
  const shown = await run(process.execPath, [main, "show", id, "--json"], environment()).ended;
  expect(JSON.parse(shown.stdout.toString())).toMatchObject({ executionId: id, status: "running", label: "follow" });
});

test("in a pipe a line does nothing to a pipeline either, unless it is asked for raw", async () => {
  const lines = ["::error::a", "##vso[task.complete]b", "\u001b]8;;https://a.example\u0007c\u001b[31m"];
  const id = await start(
    `services: {a: {image: b}}\nx-lyceum-sim: {run: 0.1, start: 0, output: ${JSON.stringify(lines)}}\n`,
  );
  await logs(id, "--follow").ended;
  const shown = await logs(id, "--no-prefix").ended;
  expect(shown.stdout.toString()).toBe(": :error::a\n# #vso[task.complete]b\nc\n");
  expect((await logs(id, "--no-prefix", "--raw").ended).stdout.toString()).toBe(`${lines.join("\n")}\n`);
  const json = (await logs(id, "--json").ended).stdout.toString();
  expect(json).toMatch(/^[ -~\n]*$/);
  expect(json).not.toContain("##");
  expect(
    json
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).message),
  ).toEqual(lines);
  expect(await logs(id, "--json", "--raw").ended).toMatchObject({ code: 2 });
});

test("where the logs are refused, the output of the record is followed", async () => {
  const fault = { kind: "status", status: 404 };
  await emulator.control.fault({ operation: "getExecutionLogs", times: "always", fault });
  const id = await start('services: {a: {image: b}}\nx-lyceum-sim: {run: 1, output: ["one", "two"], exitCode: 4}\n');
  const followed = await logs(id, "--follow").ended;
  expect([followed.stdout.toString(), followed.code]).toEqual(["one\ntwo\n", 4]);
});

test("list, show, abort and a run that nobody knows", async () => {
  const cli = (...args: readonly string[]) => run(process.execPath, [main, ...args], environment()).ended;
  expect((await cli("list")).stderr).toBe("No active runs.\n");
  const id = await start("services: {a: {image: b}}\nx-lyceum-sim: {run: 600, stopTakes: 0.2}\n");
  expect((await cli("list")).stdout.toString()).toMatch(new RegExp(`^ID .*\n${id} +\\w+ +follow +cpu `));
  const aborted = await cli("abort", "follow", "--json");
  expect([aborted.code, JSON.parse(aborted.stdout.toString())]).toEqual([
    0,
    expect.objectContaining({ executionId: id, ended: true }),
  ]);
  const page = join(folder, "report.html");
  expect(await cli("report", id, "-o", page)).toMatchObject({ code: 0, stderr: expect.stringMatching(/: 1 run\n$/) });
  expect(readFileSync(page, "utf8")).toContain(`<dd>${id}</dd>`);
  expect((await cli("report", id, "--format", "markdown")).stdout.toString()).toMatch(
    /^\| run .*\n.*\n\| follow \| aborted/,
  );
  expect(await cli("report")).toMatchObject({ code: 2, stderr: expect.stringMatching(/^RUN is missing: name runs/) });
  expect(await cli("list", "--all", "--status", "completed")).toMatchObject({ code: 0, stderr: "No runs.\n" });
  expect(await cli("logs", "nobody")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^No run has the id or the label nobody/),
  });
  expect(await cli("logs")).toMatchObject({ code: 2, stderr: expect.stringMatching(/^RUN is missing: give/) });
});
