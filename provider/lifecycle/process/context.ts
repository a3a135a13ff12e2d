import type { OptionalCall } from "../../lyceum/capability";
import type { LyceumError } from "../../lyceum/errors";
import type { ExecutionSummary, LyceumPort, MachineType } from "../../lyceum/port";
import type { Redactor } from "../../secrets";
import type { DriftCheck } from "../account/drift";
import type { DuplicateWatch } from "../account/duplicate-runs";
import type { WhenUnverified } from "../account/lookup-gaps";
import type { ProcessCache } from "../account/process-cache";
import type { SharedSnapshot } from "../account/shared-snapshot";
import type { FileInBucket } from "../run/record/artifacts";
import type { ExecutionOutputs } from "../run/record/record";
import type { Uploads } from "../run/uploads";
import type { LatestOutput } from "../watch/latest-output";
import type { Poller } from "../watch/poller";
import type { Clock, EngineLiveness, RowReport } from "../watch/ports";
import type { ResultLogs } from "../watch/result-logs";
import type { Progress } from "../watch/row";

/** The calls of the client that show runs. */
export type RunReads = Pick<LyceumPort, "record" | "olderStatus" | "listActive" | "history">;

/** The functions of the account's bucket that the lifecycle needs. Each function repeats failed requests itself. */
export interface ResultBucket {
  /** Lists the files whose keys begin with a prefix, in the order of their keys. */
  list(prefix: string, call: { readonly signal: AbortSignal }): AsyncIterable<FileInBucket>;
  /** Removes files. A key without a file counts as removed. */
  remove(keys: readonly string[], call: { readonly signal: AbortSignal }): Promise<void>;
}

/** The objects that every operation of the lifecycle needs, for one account in one provider process. */
export interface Effects {
  readonly client: LyceumPort;
  readonly clock: Clock;
  /** Shows messages on the row of the operation's resource. */
  readonly report: RowReport;
  readonly processCache: ProcessCache;
  /**
   * Returns the error with which Lyceum has refused a call in this process. Undefined if the call works or was not
   * tried.
   */
  readonly refused: (call: OptionalCall) => LyceumError | undefined;
  /** The account's bucket, as the lookup and the deletion of artifacts need it. */
  readonly bucket: ResultBucket;
}

/** The effects that a start needs. */
export interface StartEffects extends Effects {
  readonly sharedSnapshot: SharedSnapshot;
  readonly engine: EngineLiveness;
  /** Returns a random tag `[a-z0-9]{4}` for a request of a start. */
  readonly newTag: () => string;
  /**
   * Returns the machines of the account, or an empty list if they cannot be read. Each process requests them at most
   * once.
   */
  readonly machines: () => Promise<readonly MachineType[]>;
  /** Stores the files that the services of a run mount. Absent if the process has no bucket. */
  readonly uploads?: Uploads | undefined;
  /** The stack's setting `lyceum:whenUnverified`, which applies to resources without an argument `whenUnverified`. */
  readonly whenUnverified?: WhenUnverified | undefined;
}

/** What is needed to explain the end of a run. */
export interface EndEffects extends Effects {
  /** Returns the log of a completed run whose record has no output, if the log may contain results. */
  readonly resultLogs: ResultLogs;
  /** Returns true if the engine gives a special meaning to a text, so that the text cannot be an ordinary value. */
  readonly isReserved: (text: string) => boolean;
}

/** The effects that a wait for a run needs. */
export interface WaitEffects extends EndEffects {
  readonly poller: Poller;
  readonly engine: EngineLiveness;
  readonly duplicates: DuplicateWatch;
  readonly progress: Progress;
  /** Returns a function that reads the latest lines of output of a run during a wait. */
  readonly latestOutput: (executionId: string, signal: AbortSignal) => LatestOutput;
}

/** The effects that a create or update needs to wait for its run, and to explain how the run ended. */
export interface RunEffects extends WaitEffects {
  /** Returns a function that redacts the secrets of the operation's inputs and the secrets of a run. */
  readonly redactorFor: (run: Pick<ExecutionOutputs, "streamingUrl">) => Redactor;
}

/** The functions and data that a refresh needs. */
export interface ReadEffects extends EndEffects {
  /** The reads of a refresh. All runs share one request for the list and one for the history. */
  readonly refresh: RunReads;
}

/** What a diff needs. The reads of a diff must not delay a preview. */
export interface DiffEffects extends Effects {
  readonly drift: DriftCheck;
}

/**
 * All functions and data that one operation of the lifecycle needs. The operations of a process share them, except
 * `report` and `progress`.
 */
export interface LifecycleContext extends StartEffects, WaitEffects, ReadEffects, DiffEffects {
  /** Returns the active runs, for a deletion. Calls within 2 s share one request, which may take at most 10 s. */
  readonly activeRuns: () => Promise<readonly ExecutionSummary[]>;
}

/** The context of a create or update. */
export interface RunContext extends LifecycleContext, RunEffects {}
