import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { DockerApi } from "../daemon/docker-api";
import { listContainers } from "./live";

/** Milliseconds that a daemon may take to start or to stop. */
const PATIENCE = 60_000;

/**
 * A second dockerd, for tests that pause and kill it. It has a folder, a socket, a cgroup and a network namespace of its
 * own, so that the daemon of this machine, its bridge and its containers are left alone.
 */
export class OwnDaemon {
  readonly #folder = mkdtempSync(join(tmpdir(), "dockerd-"));
  /** Parent of its containers' cgroups: by this their processes are known, also while the daemon does not answer. */
  readonly #cgroup = `lyceum-test-${process.pid}-${this.#folder.slice(-6)}`;
  readonly #logFile = join(this.#folder, "log");
  readonly #onExit = () => this.#process?.kill("SIGKILL");
  readonly socket = join(this.#folder, "docker.sock");
  readonly docker = new DockerApi(this.socket);
  #process: ChildProcess | undefined;

  /** Starts it, and waits until it answers. */
  async start(...more: readonly string[]): Promise<void> {
    const file = (name: string) => join(this.#folder, name);
    writeFileSync(file("config.json"), "{}");
    const log = openSync(this.#logFile, "a");
    const flags = {
      host: `unix://${this.socket}`,
      "config-file": file("config.json"),
      "data-root": file("data"),
      "exec-root": file("exec"),
      pidfile: file("pid"),
      "cgroup-parent": `/${this.#cgroup}`,
      "exec-opt": "native.cgroupdriver=cgroupfs",
      // Where a containerd of the machine runs, both daemons use it.
      "containerd-namespace": this.#cgroup,
      "containerd-plugins-namespace": `plugins-${this.#cgroup}`,
      bridge: "none",
      iptables: "false",
      "ip-forward": "false",
    };
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const started = spawn("unshare", ["--net", "dockerd", ...args, ...more], { stdio: ["ignore", log, log] });
    closeSync(log);
    this.#process = started;
    process.once("exit", this.#onExit);
    const limit = Date.now() + PATIENCE;
    while (!(await this.#answers())) {
      if (started.exitCode !== null || Date.now() > limit) throw new Error(`dockerd did not start: ${this.#log()}`);
      await sleep(50);
    }
  }

  /** Puts an image of another daemon on it. */
  async load(from: DockerApi, image: string): Promise<void> {
    const body = await from.stream("GET", `/images/${image}/get`);
    await text(await this.docker.stream("POST", "/images/load", { body }));
    await this.docker.call("GET", `/images/${image}/json`);
  }

  /** It answers nothing any more; its containers go on. */
  pause(): void {
    this.#process?.kill("SIGSTOP");
  }

  /** It goes on. */
  resume(): void {
    this.#process?.kill("SIGCONT");
  }

  /** Ends it at once; its containers go on until it is started again. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** Ends it in order: it stops its containers first. */
  stop(): Promise<void> {
    return this.#end("SIGTERM");
  }

  /** Process ids of everything that runs in its containers; asks the kernel, not the daemon. */
  processes(): readonly number[] {
    return numbersIn("/proc").filter((pid) => textOf(`/proc/${pid}/cgroup`).includes(`/${this.#cgroup}/`));
  }

  /** Ends it with all its containers and removes everything of it, in whatever state it is. */
  async close(): Promise<void> {
    this.resume();
    if (this.#process === undefined) await this.start().catch(() => {});
    const containers = await listContainers(this.docker).catch(() => []);
    const remove = (id: string) => this.docker.call("DELETE", `/containers/${id}`, { force: true }).catch(() => {});
    await Promise.all(containers.map(({ Id: id }) => remove(id)));
    await this.stop();
    // What is left when it could not be started again or did not remove everything.
    const own = numbersIn("/proc").filter((pid) => textOf(`/proc/${pid}/cmdline`).includes(this.#folder));
    for (const pid of [...own, ...this.processes()]) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended meanwhile.
      }
    }
    const mounts = textOf("/proc/self/mounts")
      .split("\n")
      .flatMap((line) => line.split(" ")[1] ?? [])
      .filter((path) => path.startsWith(`${this.#folder}/`));
    for (const path of mounts.reverse()) execFileSync("umount", ["--lazy", path]);
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    this.#removeCgroups();
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const ending = this.#process;
    if (ending === undefined) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    const isOver = ending.exitCode !== null || ending.signalCode !== null;
    if (!isOver && ending.kill(signal)) {
      const cancel = setTimeout(() => ending.kill("SIGKILL"), PATIENCE);
      await ended;
      clearTimeout(cancel);
    }
    this.#process = undefined;
    process.off("exit", this.#onExit);
    await this.#forgetContainerd();
  }

  /** The kernel ends its containerd with it. Where nobody has reaped that one, the next daemon would take it for a living one. */
  async #forgetContainerd(): Promise<void> {
    const pidFile = join(this.#folder, "exec", "containerd", "containerd.pid");
    const pid = textOf(pidFile).trim();
    const isAlive = () => /^\d+ \(.*\) [^ZX]/.test(textOf(`/proc/${pid}/stat`));
    for (const limit = Date.now() + PATIENCE; pid !== "" && isAlive() && Date.now() < limit; ) await sleep(20);
    await rm(pidFile, { force: true });
  }

  async #answers(): Promise<boolean> {
    return this.docker.call("GET", "/version").then(
      () => true,
      () => false,
    );
  }

  #log(): string {
    return textOf(this.#logFile).slice(-2_000);
  }

  /** The daemon leaves the parent of its containers' cgroups, one in each hierarchy; where it was ended too early, theirs too. */
  #removeCgroups(): void {
    const root = "/sys/fs/cgroup";
    for (const folder of [root, ...readdirSync(root).map((name) => join(root, name))]) {
      const parent = join(folder, this.#cgroup);
      if (!existsSync(parent)) continue;
      const inside = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
      // A cgroup holds files of the kernel's own; it is removed as if it were empty.
      for (const path of [...inside.map(({ name }) => join(parent, name)), parent]) rmdirSync(path);
    }
  }
}

function numbersIn(folder: string): readonly number[] {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Empty when it is gone: a process may end between the listing and the reading. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
