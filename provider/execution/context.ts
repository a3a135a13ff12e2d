import type { OptionalCall } from "../lyceum/capability";
import type { LyceumError } from "../lyceum/errors";
import type { ExecutionPage, LyceumPort } from "../lyceum/port";
import type { DriftCheck } from "./drift";
import type { DuplicateWatch } from "./duplicate-runs";
import type { WhenUnverified } from "./gaps";
import type { LatestOutput } from "./latest-output";
import type { Poller } from "./poller";
import type { Clock, EngineLiveness, Report } from "./ports";
import type { ProcessCache } from "./process-cache";
import type { Progress } from "./progress";
import type { SharedSnapshot } from "./shared-snapshot";

/** Everything the effects of the lifecycle act through, for one account in one provider process. */
export interface LifecycleContext {
  readonly client: LyceumPort;
  readonly poller: Poller;
  readonly sharedSnapshot: SharedSnapshot;
  /** The active runs as the service lists them, shared by all that ask at about the same time. */
  readonly sharedList: () => Promise<ExecutionPage>;
  readonly drift: DriftCheck;
  readonly processCache: ProcessCache;
  readonly duplicates: DuplicateWatch;
  readonly clock: Clock;
  readonly report: Report;
  readonly progress: Progress;
  /** Reads the latest lines of a run's output while it is waited for. */
  readonly latestOutput: (executionId: string, signal: AbortSignal) => LatestOutput;
  readonly engine: EngineLiveness;
  /** Whether the engine takes a text, as a value or as a key, for something else. */
  readonly isReserved: (text: string) => boolean;
  /** The refusal of a call in this process; undefined while it works or was not tried. */
  readonly refused: (call: OptionalCall) => LyceumError | undefined;
  /** The stack's setting `lyceum:whenUnverified`, for resources that do not say. */
  readonly whenUnverified?: WhenUnverified | undefined;
}
