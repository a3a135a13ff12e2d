import type { Clock } from "../../clock/clock";
import type { Engine, EngineEnd, RunEnd } from "../engine";
import { type Simulate, SimulatedRun } from "./run";

/** What the simulated engine needs. */
export interface SimulatedEngineOptions {
  readonly clock: Clock;
  /** Default `first-failure`. */
  readonly runEnd?: RunEnd;
  /** Default `nothing`. */
  readonly simulate?: Simulate;
}

/** The simulated engine; a test can end its runs. */
export interface SimulatedEngine extends Engine {
  /** Ends a run now; `false`: it does not run. */
  endNow(executionId: string, end: EngineEnd): boolean;
}

/** Runs nothing: each run follows the script in its text (`x-lyceum-sim`) and the clock. */
export function createSimulatedEngine(options: SimulatedEngineOptions): SimulatedEngine {
  const runs = new Map<string, SimulatedRun>();
  const { clock, runEnd = "first-failure", simulate = "nothing" } = options;
  const settings = { clock, runEnd, simulate };
  return {
    name: "simulated",
    start(run, events) {
      const ended = (end: EngineEnd) => {
        runs.delete(run.executionId);
        events.ended(end);
      };
      const simulated = new SimulatedRun(run, { ...events, ended }, settings);
      runs.set(run.executionId, simulated);
      simulated.begin();
    },
    abort(executionId) {
      runs.get(executionId)?.abort();
    },
    async recover() {},
    async close() {
      for (const run of runs.values()) run.drop();
      runs.clear();
    },
    endNow(executionId, end) {
      const run = runs.get(executionId);
      run?.end(end);
      return run !== undefined;
    },
  };
}
