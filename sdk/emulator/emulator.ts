import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type Ready, readyLine } from "./ready-line";

/** The options of {@link startEmulator}. */
export interface EmulatorOptions {
  /** `simulated` (default) starts no containers, and follows the `x-lyceum-sim` of a Compose text. */
  readonly engine?: "simulated" | "docker";
  /** The API key that the emulator accepts. It begins with `lk_local_`. Default: a random key. */
  readonly apiKey?: string;
}

/** A run, as the emulator knows it. */
export interface EmulatorRun {
  /** The id, which begins with `local-`. */
  readonly executionId: string;
  /** The status, such as `running`. */
  readonly status: string;
  /** The exit code. Null until the run has ended. */
  readonly returnCode: number | null;
  /** The label, with the start key in front of it. */
  readonly fileName: string | null;
  /** The errors of a run that failed. */
  readonly errors: readonly string[];
  /** The Compose text that was sent. */
  readonly composeFileCode: string;
  /** Every status that the run had, in order. */
  readonly timeline: readonly StatusTime[];
}

/** A status of a run, and when it began. */
export interface StatusTime {
  /** The status, such as `running`. */
  readonly status: string;
  /** The time in ISO 8601, by the emulator's clock. */
  readonly at: string;
}

/** A request that the emulator has received. */
export interface ReceivedRequest {
  /** The operation in the API's description. Null for a path that the API does not have. */
  readonly operation: string | null;
  /** The method, such as `POST`. */
  readonly method: string;
  /** The path, without the base URL. */
  readonly path: string;
  /** The body that was sent, parsed if it is JSON. */
  readonly body: unknown;
  /** The status of the answer. Null if no answer was sent. */
  readonly status: number | null;
  /** The time in ISO 8601, by the emulator's clock. */
  readonly at: string;
}

/** An error to inject. The reference of the emulator lists the kinds. */
export interface InjectedFault {
  /** The operation, such as `startComposeExecution`, or `*`. */
  readonly operation: string;
  /** The runs that the fault concerns. Default: all. */
  readonly match?: FaultMatch;
  /** The number of requests that pass before the fault has an effect. Default: 0. */
  readonly after?: number;
  /** How often the fault has an effect. Default: once. */
  readonly times?: number | "always";
  /** What happens, such as `{ kind: "status", status: 503, commit: "before" }`. */
  readonly fault: FaultKind;
}

/** The runs that a fault concerns. */
export interface FaultMatch {
  /** The id of the run. */
  readonly executionId?: string;
  /** How the `file_name` of the run begins. */
  readonly fileNamePrefix?: string;
}

/** A kind of fault, with the fields of this kind. */
export interface FaultKind {
  /** The kind, such as `status`. */
  readonly kind: string;
  /** A field of the kind, such as `status` or `commit`. */
  readonly [field: string]: unknown;
}

/** How a run ends. */
export interface RunEnd {
  /** The last status of the run. */
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
  /** The variables with which a program, or Pulumi, uses the emulator. */
  readonly environment: Readonly<Record<"LYCEUM_BASE_URL" | "LYCEUM_API_KEY", string>>;
  /** Injects an error. Returns a function that removes it again. */
  inject(fault: InjectedFault): Promise<() => Promise<void>>;
  /** Returns the requests of clients, oldest first. A registry password is `[redacted]`. */
  requests(): Promise<readonly ReceivedRequest[]>;
  /** Returns all runs, in the order of their starts. */
  runs(): Promise<readonly EmulatorRun[]>;
  /** Ends a simulated run now. */
  end(run: string | Pick<EmulatorRun, "executionId">, end: RunEnd): Promise<void>;
  /** Moves the emulator's clock forward. Everything that is due until then happens. Only for the simulated engine. */
  advance(seconds: number): Promise<void>;
  /** Ends the emulator and its runs. Without this call, it ends together with this process. */
  stop(): Promise<void>;
}

/**
 * Starts an emulator at a free port, without records of earlier runs. The emulator ends together with this process,
 * whatever ends the process, and leaves nothing.
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
  // The test runner must be able to end although the emulator runs.
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
