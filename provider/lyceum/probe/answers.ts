import { LyceumError } from "../errors";
import type { OperationName } from "../operations";
import type { ExecutionPage, ExecutionRecord, LogLine, Lookup, MachineType, StartedRun } from "../port";
import type { StoredMarker } from "./mount";

/** The run that the probe starts. */
export interface ProbeRun {
  readonly fileName: string;
  readonly machine: string;
  /** When the probe sent the start, in milliseconds since the epoch by the clock of this machine. */
  readonly startedAt: number;
  /** The id of the run, from the answer to the start. If the answer was lost, from the list or history. */
  readonly id?: string;
  /** Whether the probe observed the end of the run. */
  readonly ended: boolean;
}

/** All answers that a probe has recorded. An answer is absent if the probe did not make the call. */
export interface Answers {
  readonly run: ProbeRun;
  readonly machines?: Recorded<readonly MachineType[]>;
  readonly unknownRecord?: Recorded;
  readonly unknownAbort?: Recorded;
  readonly start?: Recorded<StartedRun>;
  /**
   * The first list of active runs that showed the probe's run. If no list showed the run, this is the last list that
   * was read.
   */
  readonly activeList?: Recorded<ExecutionPage>;
  readonly activeRecord?: Recorded<ExecutionRecord>;
  readonly abort?: Recorded;
  readonly endedRecord?: Recorded<ExecutionRecord>;
  readonly history?: Recorded<ExecutionPage>;
  readonly output?: Recorded<readonly LogLine[]>;
  readonly deletedRecord?: Recorded;
  readonly marker?: StoredMarker;
  /** The content of the small file that the probe stores in the bucket. */
  readonly markerContent?: string;
  /**
   * The error if the start with `enable_s3_mount` failed and certainly made no run. The probe then starts its first run
   * without the bucket.
   */
  readonly mountedStart?: Recorded;
  /** The output of the second run, whose service mounts a folder of the bucket. Absent if no second run was started. */
  readonly volumeOutput?: Recorded<readonly LogLine[]>;
}

/** The result of one call of the client. */
export type Recorded<T = unknown> = { readonly operation: OperationName } & (
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "error"; readonly error: LyceumError }
);

/** Waits for a call of the client and records its result. Throws only errors that are not a `LyceumError`. */
export async function recordAnswer<T>(operation: OperationName, answer: Promise<T>): Promise<Recorded<T>> {
  try {
    return { operation, kind: "value", value: await answer };
  } catch (error) {
    if (!LyceumError.isInstance(error)) throw error;
    return { operation, kind: "error", error };
  }
}

/** Like {@link recordAnswer}, for a call about one run. A 404 is recorded as an error. */
export function recordLookup<T>(operation: OperationName, answer: Promise<Lookup<T>>): Promise<Recorded<T>> {
  const found = answer.then((lookup) => {
    if (lookup.kind === "missing") throw lookup.error;
    return lookup.value;
  });
  return recordAnswer(operation, found);
}

/** The value that the client read. Undefined if the call failed or was not made. */
export function readValue<T>(recorded: Recorded<T> | undefined): T | undefined {
  return recorded?.kind === "value" ? recorded.value : undefined;
}
