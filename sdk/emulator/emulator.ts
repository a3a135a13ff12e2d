import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type Ready, readyLine } from "./ready-line";

/** The options of {@link startEmulator}. */
export interface EmulatorOptions {
  /**
   * `simulated` (default) starts no containers, and simulates runs by the key `x-lyceum-sim` of their Compose texts.
   * `docker` starts containers.
   */
  readonly engine?: "simulated" | "docker";
  /** The API key that the emulator accepts. Must begin with `lk_local_`. Default: a random key. */
  readonly apiKey?: string;
}

/** A run in the emulator. */
export interface EmulatorRun {
  /** The id of the run. Begins with `local-`. */
  readonly executionId: string;
  /** The status, such as `running`. */
  readonly status: string;
  /** The exit code. Null until the run has ended. */
  readonly returnCode: number | null;
  /**
   * The `file_name` of the request that started the run. The provider sends the start key, followed by the label. Null
   * if the request had no `file_name`.
   */
  readonly fileName: string | null;
  /** The errors of a run that failed. */
  readonly errors: readonly string[];
  /** The Compose text of the run. */
  readonly composeFileCode: string;
  /** The statuses of the run so far, in order. */
  readonly timeline: readonly StatusTime[];
}

/** A status of a run, and the time at which it began. */
export interface StatusTime {
  /** The status, such as `running`. */
  readonly status: string;
  /** The time in ISO 8601, by the emulator's clock. */
  readonly at: string;
}

/** A request to the emulator. */
export interface ReceivedRequest {
  /** The operation of the API or of the bucket. Null for a path that the emulator does not have. */
  readonly operation: string | null;
  /** The HTTP method of the request, such as `POST`. */
  readonly method: string;
  /** The path without the base URL. */
  readonly path: string;
  /** The body of the request. A JSON body is parsed. */
  readonly body: unknown;
  /** The HTTP status of the answer. Null if the emulator sent no answer. */
  readonly status: number | null;
  /** The time in ISO 8601, by the emulator's clock. */
  readonly at: string;
}

/** An error to inject. `docs/contributing/emulator.md` in the repository lists the kinds. */
export interface InjectedFault {
  /** The operation of the API or of the bucket, such as `startComposeExecution`. `*` means all operations. */
  readonly operation: string;
  /** The runs that the fault concerns. Default: all. */
  readonly match?: FaultMatch;
  /** The number of matching requests that the emulator first answers without this fault. Default: 0. */
  readonly after?: number;
  /** The number of requests with the fault. Default: `always` for some kinds, such as `reshape`, and otherwise 1. */
  readonly times?: number | "always";
  /** The error, such as `{ kind: "status", status: 503, commit: "before" }`. */
  readonly fault: FaultKind;
}

/** The runs to which an injected fault is limited. */
export interface FaultMatch {
  /** The id of the run. */
  readonly executionId?: string;
  /** The beginning of the run's `file_name`. */
  readonly fileNamePrefix?: string;
}

/** The kind of an injected fault, with its fields. */
export interface FaultKind {
  /** The kind of the injected fault, such as `status`. */
  readonly kind: string;
  /** A field that this kind of fault has, such as `status` or `commit`. */
  readonly [field: string]: unknown;
}

/** The end of a run. */
export interface RunEnd {
  /** The status with which the run ends. */
  readonly status: "completed" | "failed" | "system_failure" | "aborted" | "cancelled" | "timeout";
  /** The exit code. Default: null. */
  readonly returnCode?: number | null;
  /** The errors that the run reports. Default: none. */
  readonly errors?: readonly string[];
}

/** A running emulator. */
export interface TestEmulator {
  /** The base URL. */
  readonly url: string;
  /** The API key that the emulator accepts. */
  readonly apiKey: string;
  /** The environment variables with which Pulumi and its programs use the emulator. */
  readonly environment: Readonly<Record<"LYCEUM_BASE_URL" | "LYCEUM_API_KEY", string>>;
  /** Injects an error. Returns a function that removes the error. */
  inject(fault: InjectedFault): Promise<() => Promise<void>>;
  /** Returns the last 10 000 requests of clients, the oldest first. `[redacted]` replaces a registry password. */
  requests(): Promise<readonly ReceivedRequest[]>;
  /** Returns all runs, in the order of their starts. */
  runs(): Promise<readonly EmulatorRun[]>;
  /** Ends a simulated run now. */
  end(run: string | Pick<EmulatorRun, "executionId">, end: RunEnd): Promise<void>;
  /**
   * Moves the emulator's clock forward. The runs continue as if this time had passed. Only for the simulated engine.
   */
  advance(seconds: number): Promise<void>;
  /** Ends the emulator and its runs. Without this call, the emulator ends together with this process. */
  stop(): Promise<void>;
}

/**
 * Starts an emulator on a free port. The emulator knows no earlier runs. The emulator ends together with this process,
 * even if the process is killed, and leaves no files.
 *
 * @example
 * ```ts
 * import { startEmulator } from "pulumi-lyceum/testing";
 * export async function useEmulator(): Promise<void> {
 *   const emulator = await startEmulator();
 *   Object.assign(process.env, emulator.environment);
 * }
 * ```
 * @throws an error with the output of the emulator if it does not start
 */
export async function startEmulator({ engine = "simulated", apiKey }: EmulatorOptions = {}): Promise<TestEmulator> {
  const main = join(__dirname, "..", "..", "cli", "main.js");
  const key = apiKey === undefined ? [] : ["--api-key", apiKey];
  const options = ["--json", "--temporary", "--port", "0", "--engine", engine, "--parent", String(process.pid), ...key];
  const child = spawn(process.execPath, [main, "emulator", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ready = await readyLine(child);
  // The test runner must be able to end while the emulator runs.
  child.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as { unref?: () => void } | null)?.unref?.();
  return testEmulator(ready, child);
}

function testEmulator({ url, apiKey, control }: Ready, child: ChildProcess): TestEmulator {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${control}${path}`, init);
    const answer = (await response.json()) as { readonly detail?: unknown };
    if (!response.ok) throw new Error(`${method} ${path} of the emulator: ${String(answer.detail ?? response.status)}`);
    return answer;
  }
  return {
    url,
    apiKey,
    environment: { LYCEUM_BASE_URL: url, LYCEUM_API_KEY: apiKey },
    async inject(fault) {
      const { id } = (await call("POST", "/faults", fault)) as { readonly id: string };
      return async () => void (await call("DELETE", `/faults/${id}`));
    },
    requests: async () => (await call("GET", "/requests")) as readonly ReceivedRequest[],
    runs: async () => (await call("GET", "/executions")) as readonly EmulatorRun[],
    async end(run, end) {
      const id = typeof run === "string" ? run : run.executionId;
      await call("POST", `/executions/${encodeURIComponent(id)}/end`, { ...end });
    },
    advance: async (seconds) => void (await call("POST", "/clock", { advanceSeconds: seconds })),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      await new Promise((resolve) => {
        child.once("exit", resolve);
        child.kill("SIGTERM");
      });
    },
  };
}
