import type { parseStarted } from "../answers/parse";
import type { Call, Caller, CallResult } from "../http/caller";
import type { OperationName } from "../operations";
import type { ExecutionPage, ExecutionRecord, LogLine, MachineType } from "../port";

/** The run that a probe starts. */
export interface ProbeRun {
  readonly fileName: string;
  readonly machine: string;
  /** How it is meant to end: the probe aborts it, or its own command ends. */
  readonly endsBy: "abort" | "itself";
  /** When the start was sent, by the clock of this machine. Milliseconds since the epoch. */
  readonly startedAt: number;
  /** As the start answered, or found in a list by its file name. */
  readonly id?: string;
}

/** A start as the client reads its answer. */
export type Started = NonNullable<ReturnType<typeof parseStarted>>;

/** Everything a probe has recorded; what is absent was not asked. */
export interface Answers {
  readonly run: ProbeRun;
  /** Whether the end of the run was seen. */
  readonly ended: boolean;
  readonly account?: Recorded;
  readonly machines?: Recorded<readonly MachineType[]>;
  readonly hardware?: Recorded<readonly MachineType[]>;
  /** A start with the body `{}`, of which no run can come. */
  readonly emptyStart?: Recorded<Started>;
  readonly unknownRecord?: Recorded<ExecutionRecord>;
  readonly unknownAbort?: Recorded;
  readonly start?: Recorded<Started>;
  /** The first list that showed the run; the last one before its end where none did. */
  readonly activeList?: Recorded<ExecutionPage>;
  readonly activeRecord?: Recorded<ExecutionRecord>;
  readonly activeStatus?: Recorded<{ readonly status: string }>;
  readonly abort?: Recorded;
  readonly endedRecord?: Recorded<ExecutionRecord>;
  readonly endedList?: Recorded<ExecutionPage>;
  readonly history?: Recorded<ExecutionPage>;
  /** The history with one entry a page: the first page and the second. */
  readonly firstPage?: Recorded<ExecutionPage>;
  readonly secondPage?: Recorded<ExecutionPage>;
  readonly logs?: Recorded<{ readonly lines: readonly LogLine[] }>;
  readonly timing?: Recorded;
  readonly deletedRecord?: Recorded;
}

/** One answer as the client reads it. */
export interface Recorded<T = unknown> {
  readonly operation: OperationName;
  readonly result: CallResult<T>;
}

/** Makes a call as the client does. Never throws. */
export async function recordAnswer<T>(call: Caller, request: Call<T>): Promise<Recorded<T>> {
  return { operation: request.operation, result: await call(request) };
}

/** What the client read; undefined where it could not. */
export function readValue<T>(recorded: Recorded<T> | undefined): T | undefined {
  return recorded?.result.kind === "value" ? recorded.result.value : undefined;
}
