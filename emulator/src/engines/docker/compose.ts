import { spawn } from "node:child_process";

/** Where compose is, and which daemon it speaks to. */
export interface ComposeCli {
  /** Path of the `docker-compose` CLI plugin; run by itself, so that one kill ends all of it. */
  readonly plugin: string;
  /** Path of the daemon's unix socket. */
  readonly socket: string;
}

/** One call of compose. */
export interface ComposeCall {
  readonly project: string;
  /** Empty folder that it runs in. */
  readonly folder: string;
  /** Its DOCKER_CONFIG; without one it runs with no environment at all. */
  readonly configFolder?: string;
  /** Sub-command and its flags. */
  readonly args: readonly string[];
  /** The compose model, given on standard input: it touches no disk and no process list. */
  readonly input: string;
}

/** How a call of compose ended. */
export interface ComposeExit {
  /** Null when a signal ended it, or when it could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  /** The last 64 KB. */
  readonly stderr: string;
}

/** A call of compose at work. */
export interface ComposeProcess {
  readonly pid: number | undefined;
  /** Never rejects. */
  readonly finished: Promise<ComposeExit>;
  /** Ends it and its children at once. */
  kill(): void;
}

/** A normalized model is larger than its text (1 MB), but not by this much. */
const STDOUT_LIMIT = 32 * 1024 * 1024;
const STDERR_LIMIT = 64 * 1024;

const live = new Set<ComposeProcess>();

/** Ends every call of compose still at work; for the end of this process, where nothing can be waited for. */
export function killAllCompose(): void {
  for (const process of live) process.kill();
}

/**
 * Calls compose, in a process group of its own.
 *
 * Its environment holds nothing but DOCKER_CONFIG, so that no `${VAR}` of a text meets a variable of the user's shell.
 */
export function callCompose(cli: ComposeCli, call: ComposeCall): ComposeProcess {
  const flags = ["-H", `unix://${cli.socket}`, "--ansi", "never", "--progress", "plain", "-p", call.project, "-f", "-"];
  const child = spawn(cli.plugin, [...flags, ...call.args], {
    cwd: call.folder,
    env: call.configFolder === undefined ? {} : { DOCKER_CONFIG: call.configFolder },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout: Buffer[] = [];
  let size = 0;
  let stderr = Buffer.alloc(0);
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > STDOUT_LIMIT) stdout = [];
    else stdout.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-STDERR_LIMIT);
  });
  // It may end before it has read everything; how it ended says why.
  child.stdin.on("error", () => {});
  child.stdin.end(call.input);

  const finished = new Promise<ComposeExit>((resolve) => {
    const end = (code: number | null, failure = "") =>
      resolve({ code, stdout: Buffer.concat(stdout).toString("utf8"), stderr: stderr.toString("utf8") + failure });
    child.once("error", (error) => end(null, `docker compose could not be started: ${error.message}`));
    child.once("close", (code) => end(code));
  });
  const process_: ComposeProcess = {
    pid: child.pid,
    finished,
    kill: () => killGroup(child.pid),
  };
  live.add(process_);
  void finished.then(() => live.delete(process_));
  return process_;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
