import { type ChildProcess, spawn } from "node:child_process";
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
import { realClock } from "../../emulator/src/clock/clock";
import { startEmulator as startHere } from "../../emulator/src/emulator";
import { createDockerEngine } from "../../emulator/src/engines/docker";
import { proxyOfDaemon } from "../harness/emulator/daemon-proxy";
import { belongings, docker, dockerHost } from "../harness/emulator/docker";
import { startRun } from "../harness/emulator/emulator";
import { NO_DOCKER } from "../harness/needs";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";

const main = join(ROOT, "dist", "cli", "main.js");
const TEXT = JSON.stringify({
  services: {
    job: {
      image: "busybox:stable",
      command: ["sleep", "600"],
      restart: "always",
      volumes: ["data:/data"],
      configs: ["key"],
    },
  },
  volumes: { data: {} },
  configs: { key: { content: "a secret of the run" } },
});

interface Ready {
  readonly url: string;
  readonly apiKey: string;
  readonly pid: number;
  readonly data: string;
}

/** The home folder of all tests, with which a new emulator finds the others. */
const home = mkdtempSync(join(tmpdir(), "lyceum-ends-"));
/** The folder of one test. */
let folder = "";
const children: ChildProcess[] = [];
/** What belongs to others. It is there during all tests, so it outlives each way in which an emulator ends. */
const other = `others-${process.pid}`;
let neighbour: Launched;
let others = "";
let othersStart = Number.NEGATIVE_INFINITY;
/** A run ends after 600 s. On a busy machine, the neighbour starts another one before that, in milliseconds. */
const OTHERS_LIVE = 300_000;

beforeAll(async () => {
  if (NO_DOCKER !== undefined) return;
  docker("run", "--detach", "--name", other, "--volume", `${other}:/data`, "busybox:stable", "sleep", "36000");
  docker("network", "create", other);
  folder = folderIn("neighbour");
  neighbour = await launch([...NODE, "--data", join(folder, "data")]);
  children.length = 0;
});
beforeEach(async () => {
  folder = folderIn("test-");
  if (NO_DOCKER !== undefined || Date.now() - othersStart < OTHERS_LIVE) return;
  othersStart = Date.now();
  others = await startContainers(neighbour);
});
afterEach(async () => {
  const pids = [...children.splice(0).flatMap(({ pid }) => pid ?? []), ...status().map(({ pid }) => pid)];
  await end(pids.filter((pid) => pid !== neighbour?.pid));
  for (const path of [folder, join(home, ".local")]) rmSync(path, { recursive: true, force: true });
});
afterAll(async () => {
  if (NO_DOCKER === undefined) {
    await end([neighbour.pid]);
    docker("rm", "--force", "--volumes", other);
    docker("network", "rm", other);
    docker("volume", "rm", other);
  }
  rmSync(home, { recursive: true, force: true });
});

function folderIn(name: string): string {
  const made = mkdtempSync(join(home, name));
  mkdirSync(join(made, "tmp"));
  return made;
}

/**
 * Ends emulators. Each process gets one signal, because a second one ends an emulator at once. An emulator is not
 * announced any more while it ends, so this waits for the processes.
 */
async function end(pids: readonly number[]): Promise<void> {
  for (const pid of new Set(pids)) if (isAlive(pid)) process.kill(pid, "SIGTERM");
  await waitUntil("the emulators to end", () => !pids.some(isAlive));
}

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: home,
  TMPDIR: join(folder, "tmp"),
  ...dockerHost(),
  LYCEUM_EMULATOR_COMPOSE_PLUGIN: process.env.LYCEUM_TEST_COMPOSE_PLUGIN,
  ...more,
});

/** Returns the emulators that run with the home folder of the tests, as they have announced themselves. */
function status(): readonly Ready[] {
  const base = join(home, ".cache", "pulumi-lyceum", "emulators");
  if (!existsSync(base)) return [];
  const files = readdirSync(base).flatMap((machine) =>
    readdirSync(join(base, machine)).map((name) => join(base, machine, name)),
  );
  return files.flatMap(announcedIn).filter(({ pid }) => isAlive(pid));
}

function announcedIn(file: string): Ready[] {
  try {
    return [JSON.parse(readFileSync(file, "utf8"))];
  } catch {
    // The emulator has just ended, or is just writing the file.
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

interface Launched extends Ready {
  readonly child: ChildProcess;
}

/** Starts an emulator by a command, and waits until it is ready. */
async function launch(command: readonly string[], more: NodeJS.ProcessEnv = {}, cwd = folder): Promise<Launched> {
  const before = new Set(status().map(({ pid }) => pid));
  const [file = "", ...args] = command;
  const child = spawn(file, args, { cwd, env: environment(more), stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  children.push(child);
  const ready = await waitUntil("the emulator to be ready", () => status().find(({ pid }) => !before.has(pid))).catch(
    (error: unknown) => {
      throw new Error(`${String(error)}\n${errors}`);
    },
  );
  return { ...ready, child };
}

const OPTIONS = ["--engine", "docker", "--port", "0"];
const NODE = [process.execPath, main, "emulator", ...OPTIONS];

async function startContainers(emulator: Pick<Ready, "url" | "apiKey">): Promise<string> {
  const credentials = { docker_registry_credential_type: "basic", docker_username: "u", docker_password: "hunter2" };
  const body = { compose_file_code: TEXT, timeout: 600, graceful_timeout: 1, ...credentials };
  const id = await startRun(emulator, body);
  await waitUntil("the containers", () => belongings(id).length === 3);
  // Only then are all containers of the run recorded as running.
  await waitUntil("the run to be running", async () => {
    const headers = { authorization: `Bearer ${emulator.apiKey}` };
    const record = (await (await fetch(`${emulator.url}/execution/${id}`, { headers })).json()) as { status: string };
    return record.status === "running";
  });
  return id;
}

const ended = (pid: number) => waitUntil("the emulator to end", () => !isAlive(pid));
const send = (signal: NodeJS.Signals) => async () => {
  const emulator = await launch(NODE);
  const id = await startContainers(emulator);
  process.kill(emulator.pid, signal);
  await ended(emulator.pid);
  return id;
};

/** Each way in which an emulator ends: does it, and returns the id of the run that was active. */
const WAYS: Readonly<Record<string, () => Promise<string>>> = {
  TERM: send("SIGTERM"),
  INT: send("SIGINT"),
  HUP: send("SIGHUP"),
  KILL: send("SIGKILL"),
  async "^C twice"() {
    const emulator = await launch(NODE);
    const id = await startContainers(emulator);
    process.kill(emulator.pid, "SIGINT");
    process.kill(emulator.pid, "SIGINT");
    await ended(emulator.pid);
    return id;
  },
  async npx() {
    const project = join(folder, "project");
    mkdirSync(join(project, "node_modules", ".bin"), { recursive: true });
    writeFileSync(join(project, "package.json"), "{}");
    symlinkSync(main, join(project, "node_modules", ".bin", "pulumi-lyceum"));
    const emulator = await launch(["npx", "pulumi-lyceum", "emulator", ...OPTIONS], {}, project);
    const id = await startContainers(emulator);
    emulator.child.kill("SIGTERM");
    await ended(emulator.pid);
    return id;
  },
  async nohup() {
    const emulator = await launch(["bash", "-c", 'nohup "$@" & wait', "bash", ...NODE]);
    const id = await startContainers(emulator);
    process.kill(emulator.pid, "SIGHUP");
    // Under nohup, the emulator goes on: a second request is answered after the signal has arrived.
    for (let asked = 0; asked < 2; asked++) expect((await fetch(`${emulator.url}/health/ping`)).status).toBe(200);
    process.kill(emulator.pid, "SIGKILL");
    await ended(emulator.pid);
    return id;
  },
  async "test runner killed"() {
    const runner = spawn("sleep", ["600"]);
    const emulator = await launch([...NODE, "--temporary", "--parent", String(runner.pid)]);
    const id = await startContainers(emulator);
    runner.kill("SIGKILL");
    await ended(emulator.pid);
    expect(existsSync(emulator.data)).toBe(false);
    return id;
  },
  async "terminal closed"() {
    const command = NODE.map((word) => `'${word}'`).join(" ");
    const emulator = await launch(["script", "--quiet", "--command", command, "/dev/null"]);
    const id = await startContainers(emulator);
    emulator.child.kill("SIGKILL");
    await ended(emulator.pid);
    return id;
  },
  async "daemon away"() {
    const daemon = await proxyOfDaemon(join(folder, "docker.sock"));
    const emulator = await launch(NODE, { DOCKER_HOST: daemon.host });
    const id = await startContainers(emulator);
    await daemon.close();
    process.kill(emulator.pid, "SIGTERM");
    // Without a daemon, the emulator gives up only after two minutes.
    setTimeout(() => process.kill(emulator.pid, "SIGINT"), 1_000).unref();
    await ended(emulator.pid);
    return id;
  },
  async "daemon restarted"() {
    const daemon = await proxyOfDaemon(join(folder, "docker.sock"));
    const emulator = await launch(NODE, { DOCKER_HOST: daemon.host });
    const id = await startContainers(emulator);
    await daemon.close();
    await daemon.open();
    await waitUntil("the run to end", () => belongings(id).length === 0);
    process.kill(emulator.pid, "SIGTERM");
    await ended(emulator.pid);
    await daemon.close();
    return id;
  },
  async "a clock that jumps"() {
    let offset = 0;
    const clock = { ...realClock, now: () => realClock.now() + offset };
    process.env.LYCEUM_EMULATOR_COMPOSE_PLUGIN = process.env.LYCEUM_TEST_COMPOSE_PLUGIN;
    Object.assign(process.env, dockerHost());
    const dataDirectory = join(folder, "jump");
    const engine = await createDockerEngine({ clock, workFolder: join(dataDirectory, "docker"), log: () => {} });
    const emulator = await startHere({ port: 0, apiKey: "lk_jump", engine, clock, dataDirectory });
    const id = await startContainers(emulator);
    for (offset of [86_400_000, -86_400_000, 0]) await fetch(`${emulator.url}/health/ping`);
    offset = -86_400_000;
    await emulator.close();
    return id;
  },
};

// Without Docker, no container can be left behind. In CI, a skipped test is a failure.
const test_ = NO_DOCKER === undefined ? test : test.skip;

test_.each(Object.keys(WAYS))(
  "%s: after the next start, nothing is left, and nothing of others is gone",
  async (way) => {
    const id = await WAYS[way]?.();
    const next = await launch(NODE);
    expect(belongings(id ?? "")).toEqual([]);
    expect(belongings(others)).toHaveLength(3);
    for (const list of [["ps"], ["volume", "ls"], ["network", "ls"]])
      expect(docker(...list, "--quiet", "--filter", `name=${other}`)).not.toBe("");
    // Nothing of a run is left in temporary folders.
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    const runs = join(next.data, "docker", "runs");
    expect(existsSync(runs) ? readdirSync(runs) : []).toEqual([]);
  },
);
