import { LyceumError } from "../../lyceum/errors";
import type {
  CallOptions,
  ExecutionRecord,
  ExecutionSummary,
  LyceumPort,
  StartOutcome,
  StartRequest,
} from "../../lyceum/port";
import type { Clock } from "../watch/ports";

/** A run of the model service. Its status is a function of the time, so that no test waits. */
export interface ModelRun {
  readonly executionId: string;
  readonly request: StartRequest;
  readonly createdAt: number;
  readonly script: readonly { readonly after: number; readonly status: string; readonly returnCode?: number }[];
  abortedAt?: number;
  /** An end that a test caused. It replaces the end in `script`. */
  endedBy?: { readonly at: number; readonly status: string; readonly returnCode?: number };
}

/** How a test changes the answers of the model service. The service reads each field at every call. */
export interface Behaviour {
  /** Statuses of the runs that are started from now on, in order, each with the seconds after the start. */
  script: ModelRun["script"];
  /**
   * The answers to the next starts, one entry for each start. Without an entry, a start succeeds. `commit`: whether the
   * run exists despite the answer. `commitAfter`: seconds until the run exists, as if the request waited in a queue.
   */
  starts: {
    readonly commit: boolean;
    readonly commitAfter?: number;
    readonly outcome: (error: LyceumError) => StartOutcome;
  }[];
  /** How many seconds old the list and the history are. */
  lag: number;
  /** Errors by the name of the call that throws them. An error stays until the test removes it. */
  failing: Partial<
    Record<"listActive" | "history" | "record" | "olderStatus" | "abort" | "logsTail" | "deleteRecord", unknown>
  >;
  /** Ids for which the model service answers 404. */
  forgotten: Set<string>;
  /** Seconds from an abort to the end of the run. */
  stopTakes: number;
  /** Whether an abort ends the run. */
  abortWorks: boolean;
  hideFileNames: boolean;
  /** How lists show a file name, and whether the start key in the shown name can still be read. */
  fileNames: { readonly show: (name: string) => string; readonly readable: boolean };
  /**
   * Ends that are shown at first and later withdrawn, by the id of the run: the status word, and how many records show
   * this word. These records have no exit code and no end time.
   */
  takenBack: Map<string, { readonly status: string; answers: number }>;
  /** Whether the history breaks the contract: the oldest run first, and no total count. */
  oldestFirst: boolean;
  /** The status word that the active list shows for every run, in place of the run's own status. */
  listedAs: string | undefined;
  /** Whether lists and reads never answer. Such a call ends only when its signal is aborted. */
  hangs: boolean;
  hideTotal: boolean;
  /** The machines of the account. */
  machines: string[];
  /** The output lines of every run. */
  output: string[];
}

/** Makes a model of Lyceum in memory, for the lifecycle's own tests. `calls` contains the requests. */
export function createModelService(clock: Clock) {
  const runs: ModelRun[] = [];
  const pending = new Set<StartRequest>();
  const calls: string[] = [];
  const behaviour: Behaviour = {
    script: [
      { after: 1, status: "starting" },
      { after: 2, status: "running" },
      { after: 10, status: "completed", returnCode: 0 },
    ],
    starts: [],
    lag: 0,
    failing: {},
    forgotten: new Set(),
    stopTakes: 2,
    abortWorks: true,
    hideFileNames: false,
    fileNames: { show: (name) => name, readable: true },
    takenBack: new Map(),
    oldestFirst: false,
    listedAs: undefined,
    hangs: false,
    hideTotal: false,
    machines: [],
    output: [],
  };

  /** Returns the state of a run at a time, which is now by default. */
  function stateOf(run: ModelRun, moment = clock.now()): { status: string; returnCode?: number; endedAt?: number } {
    if (run.endedBy !== undefined) return { ...run.endedBy, endedAt: run.endedBy.at };
    const age = (moment - run.createdAt) / 1000;
    let state: { status: string; returnCode?: number; endedAt?: number } = { status: "pending" };
    for (const step of run.script) {
      const at = run.createdAt + step.after * 1000;
      if (age < step.after || (run.abortedAt !== undefined && at > run.abortedAt)) break;
      const ended = ["completed", "failed", "aborted", "timeout", "system_failure", "cancelled"].includes(step.status);
      state = {
        status: step.status,
        ...(step.returnCode === undefined ? {} : { returnCode: step.returnCode }),
        ...(ended ? { endedAt: at } : {}),
      };
    }
    if (run.abortedAt === undefined || state.endedAt !== undefined) return state;
    const endedAt = run.abortedAt + behaviour.stopTakes * 1000;
    return moment >= endedAt ? { status: "aborted", endedAt } : { status: "cancelling" };
  }

  function summary(run: ModelRun): ExecutionSummary {
    const { status, endedAt } = stateOf(run);
    return {
      executionId: run.executionId,
      status,
      ...(behaviour.hideFileNames ? {} : { fileName: behaviour.fileNames.show(run.request.file_name) }),
      createdAt: new Date(run.createdAt).toISOString(),
      ...(endedAt === undefined ? {} : { endedAt: new Date(endedAt).toISOString() }),
    };
  }

  const visible = () =>
    runs.filter(
      (run) => !behaviour.forgotten.has(run.executionId) && clock.now() - run.createdAt >= behaviour.lag * 1000,
    );
  const find = (id: string) => (behaviour.forgotten.has(id) ? undefined : runs.find((run) => run.executionId === id));
  const missing = () => ({ kind: "missing" as const, error: modelError(404) });

  function note(call: keyof Behaviour["failing"], detail = ""): void {
    calls.push(detail === "" ? call : `${call} ${detail}`);
    if (behaviour.failing[call] !== undefined) throw behaviour.failing[call];
  }

  function commit(request: StartRequest): ModelRun {
    const run: ModelRun = {
      executionId: `run-${runs.length + 1}`,
      request,
      createdAt: clock.now(),
      script: behaviour.script,
    };
    runs.push(run);
    return run;
  }

  const client: LyceumPort = {
    baseUrl: "https://model.example/api/v2/external",
    keepOut: () => undefined,
    async start(request) {
      calls.push(`start ${request.file_name}`);
      const altered = behaviour.starts.shift();
      if (altered === undefined) {
        const run = commit(request);
        return {
          kind: "started",
          executionId: run.executionId,
          status: "pending",
          streamingUrl: `https://stream/${run.executionId}`,
        };
      }
      if (altered.commit && altered.commitAfter !== undefined) {
        pending.add(request);
        void clock.sleep(altered.commitAfter).then(() => {
          pending.delete(request);
          commit(request);
        });
      } else if (altered.commit) commit(request);
      return altered.outcome(modelError(500));
    },
    async record(id, options) {
      note("record", id);
      if (behaviour.hangs) await untilCut(options);
      const run = find(id);
      if (run === undefined) return missing();
      const { status, returnCode, endedAt } = stateOf(run);
      const doubtful = behaviour.takenBack.get(id);
      if (doubtful !== undefined && doubtful.answers > 0 && endedAt === undefined) {
        doubtful.answers -= 1;
        return { kind: "found", value: { executionId: id, status: doubtful.status, errors: [] } };
      }
      const value: ExecutionRecord = {
        executionId: id,
        status,
        errors: [],
        ...(returnCode === undefined ? {} : { returnCode }),
        ...(endedAt === undefined ? {} : { endedAt: new Date(endedAt).toISOString() }),
      };
      return { kind: "found", value };
    },
    async olderStatus(id) {
      note("olderStatus", id);
      const run = find(id);
      return run === undefined ? missing() : { kind: "found", value: { status: stateOf(run).status, errors: [] } };
    },
    async abort(id) {
      note("abort", id);
      const run = find(id);
      if (run === undefined || stateOf(run).endedAt !== undefined) return missing();
      if (behaviour.abortWorks) run.abortedAt ??= clock.now();
      return { kind: "found", value: { status: "cancelling" } };
    },
    async deleteRecord(id) {
      note("deleteRecord", id);
      if (find(id) === undefined) return missing();
      behaviour.forgotten.add(id);
      return { kind: "found", value: {} };
    },
    async listActive(options) {
      note("listActive");
      if (behaviour.hangs) await untilCut(options);
      const executions = visible()
        .filter((run) => stateOf(run).endedAt === undefined)
        .map((run) => ({ ...summary(run), status: behaviour.listedAs ?? stateOf(run).status }));
      return { executions, unreadable: 0, hasMore: false };
    },
    async history({ limit, offset }) {
      note("history");
      const all = [...visible()].reverse();
      const executions = (behaviour.oldestFirst ? [...all].reverse() : all).slice(offset, offset + limit).map(summary);
      return { executions, unreadable: 0, hasMore: false, ...(behaviour.hideTotal ? {} : { total: all.length }) };
    },
    async logsTail() {
      note("logsTail");
      return behaviour.output.map((message) => ({ message }));
    },
    timing: async () => ({ kind: "found", value: { phases: {} } }),
    metrics: async () => ({ kind: "found", value: { series: {} } }),
    machineTypes: async () => [],
    machinesOfAccount: async () => behaviour.machines.map((hardwareProfile) => ({ hardwareProfile })),
    userStatus: async () => ({}),
    storageCredentials: () => Promise.reject(new Error("the model has no bucket")),
  };

  /** Ends a run at once. Does nothing if the run has already ended. */
  function end(run: ModelRun, status: string, returnCode?: number): void {
    if (stateOf(run).endedAt !== undefined) return;
    run.endedBy = { at: clock.now(), status, ...(returnCode === undefined ? {} : { returnCode }) };
  }

  return { client, runs, pending, calls, behaviour, stateOf, end };
}

/** Makes the client's error for an answer with this status. */
export function modelError(status: number, retryAfterSeconds?: number): LyceumError {
  return new LyceumError({
    code: status === 401 ? "LYC1101" : "LYC1105",
    message: `model ${status}`,
    status,
    retryAfterSeconds,
  });
}

/** Makes a start without a clear answer. `commit` is whether the start has made a run. */
export const unclearStart = (commit: boolean): Behaviour["starts"][number] => ({
  commit,
  outcome: (error) => ({ kind: "unknown", error }),
});

/**
 * Makes a refused start. With `retryAfter`, the start may be sent again after these seconds. Without it, the start may
 * not be sent again.
 */
export const refusedStart = (status = 400, retryAfterSeconds?: number): Behaviour["starts"][number] => ({
  commit: false,
  outcome: () => ({
    kind: "refused",
    error: modelError(status),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  }),
});

/** Makes a call that never answers. The call rejects when its signal fires. */
function untilCut(options: CallOptions | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    options?.signal?.addEventListener("abort", () => reject(modelError(500)));
  });
}
