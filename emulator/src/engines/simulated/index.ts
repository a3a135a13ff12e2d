import type { Clock } from "../../clock/clock";
import type { Engine, EngineEnd } from "../engine";
import { SimulatedRun } from "./run";

/** The simulated engine. A test can end its runs. */
export interface SimulatedEngine extends Engine {
  /** Ends a run now. Returns `false` if the run had already ended or is unknown. */
  endNow(executionId: string, end: EngineEnd): boolean;
}

/** Returns an engine without containers. Each run follows the script in its text (`x-lyceum-sim`) and the clock. */
export function createSimulatedEngine(clock: Clock): SimulatedEngine {
  const runs = new Map<string, SimulatedRun>();
  return {
    name: "simulated",
    start(run, events) {
      const ended = (end: EngineEnd) => {
        runs.delete(run.executionId);
        events.ended(end);
      };
      const simulated = new SimulatedRun(run, { ...events, ended }, clock);
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
