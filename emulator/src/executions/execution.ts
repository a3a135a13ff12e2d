import { END_WORDS, type EngineEnd } from "../engines/engine";

/** Status words that the emulator gives to a run. */
export type Status = "pending" | "starting" | "running" | "cancelling" | EngineEnd["status"];

/** Returns whether a run with this status has ended. */
export function isEnd(status: Status): status is EngineEnd["status"] {
  return (END_WORDS as readonly string[]).includes(status);
}

/** The body of the request that starts a run, as the emulator received it. */
export type StartBody = Readonly<Record<string, unknown>>;

/** A stored execution, without its Compose text and its output. Times are milliseconds since 1970. */
export interface Execution {
  /** The id of the run: `local-` and a UUID. */
  readonly executionId: string;
  /** The number of this start among all starts in the data folder, counted from 1. */
  readonly sequence: number;
  readonly fileName: string | null;
  /** The machine type: `execution_type` in the request that starts the run. Default: `cpu`. */
  readonly machine: string;
  readonly status: Status;
  readonly returnCode: number | null;
  readonly errors: readonly string[];
  readonly dockerErrors: readonly string[];
  readonly systemErrors: readonly string[];
  /** Every status that the run had, in order. The first status is `pending`. */
  readonly timeline: readonly { readonly status: Status; readonly at: number }[];
  /**
   * True after a client has requested a stop of the run, unless a client has also requested an abort. A stopped run
   * ends with the status `completed`, an aborted run with `aborted`.
   */
  readonly stopAsked?: boolean;
  /** Whether a client has deleted the record of the run. The run itself may continue. */
  readonly recordDeleted: boolean;
}

/** Returns the time at which the run first had the status. Undefined if the run never had this status. */
export function reachedAt(execution: Execution, status: Status): number | undefined {
  return execution.timeline.find((step) => step.status === status)?.at;
}

/** Returns the time at which the emulator accepted the run. */
export function createdAt(execution: Execution): number {
  return execution.timeline[0]?.at ?? 0;
}

/** Returns the time at which the run ended. Undefined if the run has not ended. */
export function endedAt(execution: Execution): number | undefined {
  return execution.timeline.find((step) => isEnd(step.status))?.at;
}

/** Returns a new run, as it is before the engine receives it. */
export function accepted(fields: {
  readonly executionId: string;
  readonly sequence: number;
  readonly fileName: string | null;
  readonly machine: string;
  readonly at: number;
}): Execution {
  const { at, ...identity } = fields;
  return {
    ...identity,
    status: "pending",
    returnCode: null,
    errors: [],
    dockerErrors: [],
    systemErrors: [],
    timeline: [{ status: "pending", at }],
    recordDeleted: false,
  };
}

const RANK: Readonly<Record<"pending" | "starting" | "running" | "cancelling", number>> = {
  pending: 0,
  starting: 1,
  running: 2,
  cancelling: 3,
};

/** Every status word, in the order of a run's life. */
export const STATUS_WORDS: readonly string[] = [...Object.keys(RANK), ...END_WORDS];

/** Returns the run with a new status. If the run already has this status or a later one, returns the same run. */
export function advanced(execution: Execution, status: "starting" | "running" | "cancelling", at: number): Execution {
  if (isEnd(execution.status) || RANK[status] <= RANK[execution.status]) return execution;
  return { ...execution, status, timeline: [...execution.timeline, { status, at }] };
}

/** Returns the run after a stop or an abort was requested. If both were requested, the run counts as aborted. */
export function cancelling(execution: Execution, how: "abort" | "stop", at: number): Execution {
  if (isEnd(execution.status)) return execution;
  const isFirst = execution.status !== "cancelling";
  const stopAsked = how === "stop" && (isFirst || execution.stopAsked === true);
  return { ...advanced(execution, "cancelling", at), stopAsked };
}

/** Returns the run with its end. If the run has already ended, returns the same run. */
export function ended(execution: Execution, given: EngineEnd, at: number): Execution {
  if (isEnd(execution.status)) return execution;
  const isStop = execution.stopAsked === true && given.status === "aborted";
  // The services were stopped, so their exit codes do not count for the end of the run.
  const end: EngineEnd = isStop ? { ...given, status: "completed", returnCode: null } : given;
  return {
    ...execution,
    status: end.status,
    returnCode: end.returnCode,
    errors: end.errors,
    dockerErrors: end.dockerErrors,
    systemErrors: end.status === "system_failure" ? end.errors : [],
    timeline: [...execution.timeline, { status: end.status, at }],
  };
}
