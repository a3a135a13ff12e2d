import { type PlannedExecution, startsRun } from "./plan";

/** Prices of an hour, by machine; undefined where the service gives none. */
export type Prices = ReadonlyMap<string, number> | undefined;

/** What the runs of a preview cost at most. */
export interface CostBound {
  /** In the currency of the account, which the API does not name; of the runs whose price is known. */
  readonly amount: number;
  /** Names of executions whose runs start, and whose price or timeout is not known. */
  readonly unknown: readonly string[];
}

/** What a run costs at most: its timeout times the price of its machine; undefined where one of them is not known. */
export function boundOf(
  execution: Pick<PlannedExecution, "executionType" | "timeout">,
  prices: Prices,
): number | undefined {
  const price = prices?.get(execution.executionType ?? "");
  return price === undefined || execution.timeout === undefined ? undefined : (price * execution.timeout) / 3600;
}

/** The bound of all runs that start. Each counts once: a run that fails and starts again is not in it. */
export function costBound(executions: readonly PlannedExecution[], prices: Prices): CostBound {
  const starting = executions.filter(startsRun);
  const bounds = starting.map((execution) => boundOf(execution, prices));
  return {
    amount: bounds.reduce<number>((sum, bound) => sum + (bound ?? 0), 0),
    unknown: starting.filter((_, at) => bounds[at] === undefined).map(({ name }) => name),
  };
}
