import type { Clock } from "../execution";
import { DEFAULT_PORTS } from "../lyceum/default-ports";

/** The machine's clock, apart from all that takes a clock: tests give a virtual one. It sleeps as the client does between two tries of a call. */
export const systemClock: Clock = { now: () => Date.now(), sleep: DEFAULT_PORTS.sleep };
