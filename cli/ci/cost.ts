import { boundOfAll, type CostBound, type Prices } from "../../provider/policy";
import { type PlannedExecution, startsRun } from "./plan";

/** What the runs of a preview cost at most: of all that start. */
export function costBound(executions: readonly PlannedExecution[], prices: Prices): CostBound {
  return boundOfAll(executions.filter(startsRun), prices);
}
