import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callCompose, endAbandonedCompose } from "./compose";

let folder: string;
const { signal } = new AbortController();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compose-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Makes a program that takes the place of Compose. */
async function plugin(script: string): Promise<{ plugin: string; socket: string }> {
  const path = join(folder, "docker-compose");
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return { plugin: path, socket: "/the/socket" };
}

test("compose gets the model on standard input, the daemon and the project as flags, and no environment", async () => {
  process.env.LYCEUM_TEST_CANARY = "canary";
  const cli = await plugin('echo "$@"; /bin/cat; echo; /usr/bin/env');
  const call = {
    project: "lyceum-1",
    folder,
    configFolder: "/config",
    args: ["up", "--detach"],
    input: "the model",
    signal,
  };
  const { code, stdout } = await callCompose(cli, call);
  delete process.env.LYCEUM_TEST_CANARY;
  expect(code).toBe(0);
  const [flags, model, ...environment] = stdout.trimEnd().split("\n");
  expect(flags).toBe("-H unix:///the/socket --ansi never --progress plain -p lyceum-1 -f - up --detach");
  expect(model).toBe("the model");
  // The shell itself sets these variables.
  expect(environment.filter((line) => !/^(PWD|SHLVL|_)=/.test(line))).toEqual(["DOCKER_CONFIG=/config"]);
});

test("compose need not read its input, and its output is bounded", async () => {
  const cli = await plugin("/usr/bin/head -c 200000 /dev/zero | /usr/bin/tr '\\0' x >&2; echo end >&2; exit 7");
  const call = { project: "p", folder, args: [], input: "x".repeat(1_000_000), signal };
  const { code, stderr } = await callCompose(cli, call);
  expect(code).toBe(7);
  expect(stderr).toHaveLength(64 * 1024);
  expect(stderr.endsWith("end\n")).toBe(true);
});

test("a missing program is an exit with a reason", async () => {
  const call = { project: "p", folder, args: [], input: "", signal };
  const { code, stderr } = await callCompose({ plugin: join(folder, "none"), socket: "/s" }, call);
  expect(code).toBeNull();
  expect(stderr).toContain("docker compose could not be started");
});

test.each([
  ["its signal", (stop: AbortController) => stop.abort()],
  ["the next emulator, which knows its project", () => endAbandonedCompose(["lyceum-p"])],
])("%s ends compose with its children", async (_name, end) => {
  const cli = await plugin(`trap '' TERM; /bin/sleep 300 & echo $! > ${join(folder, "pid")}; echo ready; wait`);
  const stop = new AbortController();
  const running = callCompose(cli, { project: "lyceum-p", folder, args: ["up"], input: "", signal: stop.signal });
  const childPid = async (): Promise<number> => {
    const text = await readFile(join(folder, "pid"), "utf8").catch(() => "");
    return text === "" ? new Promise((resolve) => setTimeout(() => resolve(childPid()), 10)) : Number(text);
  };
  const child = await childPid();
  expect(() => process.kill(child, 0)).not.toThrow();
  await endAbandonedCompose(["lyceum", "another"]);
  await end(stop);
  // The child process has the same pipes open, so the call ends only when both processes have ended.
  expect((await running).code).toBeNull();
  stop.abort();
});

test("compose is ended if it takes too long, and the result reports this", async () => {
  const cli = await plugin("/bin/sleep 300");
  const call = { project: "p", folder, args: ["pull"], input: "", signal, limitSeconds: 0.2 };
  const { code, stderr } = await callCompose(cli, call);
  expect([code, stderr]).toEqual([null, "\ndocker compose pull had not ended after 0.2 s."]);
});
