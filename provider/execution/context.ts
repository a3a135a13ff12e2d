import type { LyceumPort } from "../lyceum/port";
import type { DriftLook } from "./drift";
import type { Lookup } from "./lookup";
import type { Memory } from "./memory";
import type { Poller } from "./poller";
import type { Clock, EngineLiveness, Report } from "./ports";

/** Everything the effects of the lifecycle act through, for one account in one provider process. */
export interface LifecycleContext {
  readonly client: LyceumPort;
  readonly poller: Poller;
  readonly lookup: Lookup;
  readonly drift: DriftLook;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly report: Report;
  readonly engine: EngineLiveness;
}
