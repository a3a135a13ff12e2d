import type { OptionalCall } from "../../lyceum/capability";
import type { LyceumError } from "../../lyceum/errors";
import type { ExecutionSummary, LyceumPort, MachineType } from "../../lyceum/port";
import type { DriftCheck } from "../watch/drift";
import type { DuplicateWatch } from "../watch/duplicate-runs";
import type { LatestOutput } from "../watch/latest-output";
import type { WhenUnverified } from "../watch/lookup-gaps";
import type { Poller } from "../watch/poller";
import type { Clock, EngineLiveness, Report } from "../watch/ports";
import type { ProcessCache } from "../watch/process-cache";
import type { ResultLogs } from "../watch/result-logs";
import type { Progress } from "../watch/row";
import type { SharedSnapshot } from "../watch/shared-snapshot";

/** The calls that show runs. */
export type RunReads = Pick<LyceumPort, "record" | "olderStatus" | "listActive" | "history">;

/** All effects of the lifecycle, for one account in one provider process. */
export interface LifecycleContext {
  readonly client: LyceumPort;
  readonly poller: Poller;
  readonly sharedSnapshot: SharedSnapshot;
  /** The machines of the account, read once in a process; empty where they cannot be read. */
  readonly machines: () => Promise<readonly MachineType[]>;
  /** The active runs, for a report. Calls at about the same time share one list, and a list is abandoned after 10 s. */
  readonly activeRuns: () => Promise<readonly ExecutionSummary[]>;
  /** The reads of a refresh. List and history are read once for all runs. */
  readonly refresh: RunReads;
  readonly drift: DriftCheck;
  readonly processCache: ProcessCache;
  readonly duplicates: DuplicateWatch;
  readonly clock: Clock;
  readonly report: Report;
  readonly progress: Progress;
  /** Reads the latest lines of a run's output during its wait. */
  readonly latestOutput: (executionId: string, signal: AbortSignal) => LatestOutput;
  /** Reads the logs of completed runs for results that no record shows. */
  readonly resultLogs: ResultLogs;
  readonly engine: EngineLiveness;
  /** A random tag for a start: `[a-z0-9]{4}`, a new one for each request. */
  readonly newTag: () => string;
  /** Whether the engine gives a text another meaning, as a value or as a key. */
  readonly isReserved: (text: string) => boolean;
  /** The refusal of a call in this process; undefined while the call works or was not tried. */
  readonly refused: (call: OptionalCall) => LyceumError | undefined;
  /** The stack's setting `lyceum:whenUnverified`, for resources without this argument. */
  readonly whenUnverified?: WhenUnverified | undefined;
}
