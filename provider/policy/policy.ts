/** What a repository allows its stacks to run; a rule that is absent holds for nothing. */
export interface Policy {
  /** Longest `timeout` of a run, in seconds. */
  readonly maxTimeout?: number;
  /** The machines that a run may ask for. */
  readonly executionTypes?: readonly string[];
  /** Whether every image has to be named with its digest. */
  readonly pinnedImages?: boolean;
  /** The registries that images may come from, such as `ghcr.io/acme`. */
  readonly registries?: readonly string[];
  /** Whether a secret in plaintext in a Compose document is an error. */
  readonly noPlaintextSecrets?: boolean;
  /** Stacks whose runs have to be awaited until they have completed. */
  readonly awaitCompletedOn?: readonly string[];
  /** What all runs that an apply starts may cost at most, in the currency of the account. */
  readonly maxCost?: number;
}

/** An image that a service runs or mounts. */
export interface PolicyImage {
  readonly service: string;
  /** Undefined where no literal names it. */
  readonly image: string | undefined;
  /** Set where it is not known at preview, such as one that is not built yet: the rules are evaluated on it at the update. */
  readonly isUnknown?: boolean;
  /** Set where a message may not repeat the name, as it may be secret. */
  readonly isHidden?: boolean;
  /** Where it is in the Compose document. */
  readonly path: readonly (string | number)[];
}

/** What a policy is evaluated on: an execution as the program declares it. */
export interface PolicySubject {
  readonly name: string;
  readonly stack: string;
  readonly executionType: string | undefined;
  readonly timeout: number | undefined;
  readonly waitFor: string | undefined;
  /** Undefined where the document is secret or not known yet. */
  readonly images: readonly PolicyImage[] | undefined;
}

/** One thing that a policy does not allow. */
export interface Violation {
  readonly code: string;
  /** The execution that it is about; empty for all together. */
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
  /** Where it is in the Compose document. */
  readonly path?: readonly (string | number)[];
}

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
