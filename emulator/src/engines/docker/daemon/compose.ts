import { execFile, spawn } from "node:child_process";

/** The path of the Compose plugin, and the daemon that it uses. */
export interface ComposeCli {
  /**
   * Path of the `docker-compose` CLI plugin. The engine starts the plugin directly, and not through `docker`. So a
   * single kill ends all processes of a call.
   */
  readonly plugin: string;
  /** Path of the daemon's unix socket. */
  readonly socket: string;
}

/** One call of Compose. */
export interface ComposeCall {
  readonly project: string;
  /** The empty folder in which Compose runs. */
  readonly folder: string;
  /** The value of `DOCKER_CONFIG`. Compose gets no other environment variable. */
  readonly configFolder?: string | undefined;
  /** Sub-command and its flags. */
  readonly args: readonly string[];
  /**
   * The Compose model. Compose reads the model from its standard input, so that no file and no list of processes
   * contains the model.
   */
  readonly input: string;
  /** When this fires, the call and its child processes end at once. */
  readonly signal: AbortSignal;
  /** The time limit of the call. A call that takes longer is ended, and the result reports this. */
  readonly limitSeconds?: number | undefined;
}

/** The result of a call of Compose. */
export interface ComposeExit {
  /** The exit code. Null if a signal ended Compose, or if Compose could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  /**
   * The last 64 KB of the standard error. If Compose was not started, or did not end within `limitSeconds`, the reason
   * is at the end.
   */
  readonly stderr: string;
}

/** The largest standard output in bytes. A larger output is dropped as a whole. */
const STDOUT_LIMIT = 32 * 1024 * 1024;
const STDERR_LIMIT = 64 * 1024;

/**
 * Calls Compose in a new process group. Never rejects.
 *
 * The environment of Compose contains no variable except DOCKER_CONFIG, so a `${VAR}` in a text cannot read a variable
 * of the user's shell.
 */
export function callCompose(cli: ComposeCli, call: ComposeCall): Promise<ComposeExit> {
  const flags = ["-H", `unix://${cli.socket}`, "--ansi", "never", "--progress", "plain", "-p", call.project, "-f", "-"];
  const child = spawn(cli.plugin, [...flags, ...call.args], {
    cwd: call.folder,
    env: call.configFolder === undefined ? {} : { DOCKER_CONFIG: call.configFolder },
    detached: true,
  });
  let stdout: Buffer[] = [];
  let [size, stderr, failure] = [0, Buffer.alloc(0), ""];
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > STDOUT_LIMIT) stdout = [];
    else stdout.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-STDERR_LIMIT);
  });
  // Compose may end before it has read its whole input. If so, its exit code shows the reason.
  child.stdin.on("error", () => {});
  child.stdin.end(call.input);

  const { limitSeconds } = call;
  const limit = limitSeconds === undefined ? undefined : AbortSignal.timeout(limitSeconds * 1000);
  const signal = AbortSignal.any([call.signal, ...(limit === undefined ? [] : [limit])]);
  const kill = () => {
    if (limit?.aborted) failure = `\ndocker compose ${call.args[0]} had not ended after ${limitSeconds} s.`;
    killGroup(child.pid);
  };
  signal.addEventListener("abort", kill);
  return new Promise((resolve) => {
    const end = (code: number | null) => {
      signal.removeEventListener("abort", kill);
      resolve({ code, stdout: Buffer.concat(stdout).toString("utf8"), stderr: stderr.toString("utf8") + failure });
    };
    child.once("error", (error) => {
      failure = `docker compose could not be started: ${error.message}`;
      end(null);
    });
    child.once("close", end);
  });
}

/** Kills all Compose processes of these projects. Called only for projects whose emulators have ended. */
export async function endAbandonedCompose(projects: readonly string[]): Promise<void> {
  if (projects.length === 0) return;
  const processes = await new Promise<string>((resolve) => {
    execFile("ps", ["-A", "-o", "pid=,args="], { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => resolve(stdout));
  });
  for (const line of processes.split("\n")) {
    const [pid, ...args] = line.trim().split(/\s+/);
    if (projects.includes(args[args.indexOf("-p") + 1] ?? "")) killGroup(Number(pid));
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The process group has already ended.
  }
}

/** Calls Docker Compose for one run. Without `limitSeconds`, the call has no time limit. */
export type Compose = (
  args: readonly string[],
  input: string,
  options: { readonly withConfig?: boolean; readonly limitSeconds?: number },
) => Promise<ComposeExit>;
