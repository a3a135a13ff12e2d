import type { OptionalCall } from "../lyceum/capability";
import type { LyceumError } from "../lyceum/errors";
import type { LyceumPort } from "../lyceum/port";
import type { DriftLook } from "./drift";
import type { StrayWatch } from "./duplicate-runs";
import type { WhenUnverified } from "./gaps";
import type { Poller } from "./poller";
import type { Clock, EngineLiveness, Report } from "./ports";
import type { Memory } from "./process-cache";
import type { SharedLook } from "./shared-snapshot";

/** Everything the effects of the lifecycle act through, for one account in one provider process. */
export interface LifecycleContext {
  readonly client: LyceumPort;
  readonly poller: Poller;
  readonly sharedLook: SharedLook;
  readonly drift: DriftLook;
  readonly memory: Memory;
  readonly strays: StrayWatch;
  readonly clock: Clock;
  readonly report: Report;
  readonly engine: EngineLiveness;
  /** The refusal of a call in this process; undefined while it works or was not tried. */
  readonly refused: (call: OptionalCall) => LyceumError | undefined;
  /** The stack's setting `lyceum:whenUnverified`, for resources that do not say. */
  readonly whenUnverified?: WhenUnverified | undefined;
}
