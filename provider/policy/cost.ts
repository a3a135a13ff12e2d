/** Prices of an hour, by machine; undefined where the service gives none. */
export type Prices = ReadonlyMap<string, number> | undefined;

/** What runs cost at most. */
export interface CostBound {
  /** In the currency of the account, which the API does not name; of the runs whose price is known. */
  readonly amount: number;
  /** Names of executions whose price or timeout is not known. */
  readonly unknown: readonly string[];
}

/** What the cost of a run depends on. */
export interface PricedRun {
  readonly name: string;
  readonly executionType: string | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
}

/** What a run costs at most: its timeout times the price of its machine; undefined where one of them is not known. */
export function boundOf({ executionType, timeout }: Omit<PricedRun, "name">, prices: Prices): number | undefined {
  const price = prices?.get(executionType ?? "");
  return price === undefined || timeout === undefined ? undefined : (price * timeout) / 3600;
}

/** The bound of several runs. Each counts once: a run that fails and starts again is not in it. */
export function boundOfAll(runs: readonly PricedRun[], prices: Prices): CostBound {
  const bounds = runs.map((run) => boundOf(run, prices));
  return {
    amount: bounds.reduce<number>((sum, bound) => sum + (bound ?? 0), 0),
    unknown: runs.filter((_, at) => bounds[at] === undefined).map(({ name }) => name),
  };
}
