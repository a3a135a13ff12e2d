/** The policy of a repository about the runs of its stacks. An absent rule has no effect. */
export interface Policy {
  /** Longest `timeout` of a run, in seconds. */
  readonly maxTimeout?: number;
  /** The machines that a run may use. */
  readonly executionTypes?: readonly string[];
  /** Whether every image has to be named with its digest. */
  readonly pinnedImages?: boolean;
  /** The registries that images may come from, such as `ghcr.io/acme`. */
  readonly registries?: readonly string[];
  /** Whether a secret in plaintext in a Compose document is an error. */
  readonly noPlaintextSecrets?: boolean;
  /** Stacks whose runs must be awaited until they have completed. */
  readonly awaitCompletedOn?: readonly string[];
  /** The highest cost of all runs that an apply starts, in the currency of the account. */
  readonly maxCost?: number;
}

/** An image that a service runs or mounts. */
export interface PolicyImage {
  readonly service: string;
  /** Undefined if no literal in the document names the image. */
  readonly image: string | undefined;
  /**
   * Set if the image is unknown at preview, for example because it is not built yet. Then the update evaluates the
   * rules.
   */
  readonly isUnknown?: boolean;
  /** Set if a message must not repeat the name, because it may be secret. */
  readonly isHidden?: boolean;
  /** The path of the image in the Compose document. */
  readonly path: readonly (string | number)[];
}

/** An execution as the program declares it, for the evaluation of a policy. */
export interface PolicySubject {
  readonly name: string;
  readonly stack: string;
  readonly executionType: string | undefined;
  readonly timeout: number | undefined;
  readonly waitFor: string | undefined;
  /** Undefined if the document is secret or unknown. */
  readonly images: readonly PolicyImage[] | undefined;
}

/** One violation of a policy. */
export interface Violation {
  readonly code: string;
  /** The execution with the violation; empty for all executions together. */
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
  /** The path of the violation in the Compose document. */
  readonly path?: readonly (string | number)[];
}

/** Prices of an hour, by machine; undefined if the service has none. */
export type Prices = ReadonlyMap<string, number> | undefined;

/** The highest cost of runs. */
export interface CostBound {
  /** The cost of the runs with a known price, in the currency of the account, which the API does not name. */
  readonly amount: number;
  /** Names of executions with an unknown price or timeout. */
  readonly unknown: readonly string[];
}

/** The facts that decide the cost of a run. */
export interface PricedRun {
  readonly name: string;
  readonly executionType: string | undefined;
  /** The timeout of the run in seconds. */
  readonly timeout: number | undefined;
}

/** The highest cost of a run: its timeout times the price of its machine; undefined if one of the two is unknown. */
export function boundOf({ executionType, timeout }: Omit<PricedRun, "name">, prices: Prices): number | undefined {
  const price = prices?.get(executionType ?? "");
  return price === undefined || timeout === undefined ? undefined : (price * timeout) / 3600;
}

/**
 * The highest cost of several runs. Each run counts once, so the cost of a run that fails and starts again is not
 * included.
 */
export function boundOfAll(runs: readonly PricedRun[], prices: Prices): CostBound {
  const bounds = runs.map((run) => boundOf(run, prices));
  return {
    amount: bounds.reduce<number>((sum, bound) => sum + (bound ?? 0), 0),
    unknown: runs.filter((_, at) => bounds[at] === undefined).map(({ name }) => name),
  };
}
