import type { CheckedKey } from "./checked-keys";

/** The policy of a repository about the runs of its stacks. An absent rule has no effect. */
export interface Policy {
  /** Longest `timeout` of a run, in seconds. */
  readonly maxTimeout?: number;
  /** The machines that a run may use, as patterns. */
  readonly executionTypes?: readonly string[];
  /** Whether every image has to be named with its digest. */
  readonly pinnedImages?: boolean;
  /** The registries that images may come from, as patterns such as `ghcr.io/acme` or `*.example.com`. */
  readonly registries?: readonly string[];
  /** Keys of a Compose document that are allowed, although they may bring in an image without any rule noticing it. */
  readonly allowedKeys?: readonly CheckedKey[];
  /** Whether a secret in plaintext in a Compose document is an error. */
  readonly noPlaintextSecrets?: boolean;
  /** Stacks whose runs must be awaited until they have completed, as patterns. */
  readonly awaitCompletedOn?: readonly string[];
  /** The highest cost of all runs that an apply starts, in the currency of the account. */
  readonly maxCost?: number;
  /** The highest cost of a single run that an apply starts. */
  readonly maxCostPerRun?: number;
  /** The highest cost of all runs of the account in a calendar month, with those that an apply starts. */
  readonly maxCostPerMonth?: number;
  /** Patterns of the label of a run. At least one of them must match. */
  readonly fileName?: readonly string[];
  /** The largest number of runs of the account that are active at once, with those that an apply starts. */
  readonly parallelRuns?: number;
  /** When an apply or a destroy may change something. */
  readonly workingHours?: WorkingHours;
  /** Resources that may be neither deleted nor replaced: patterns of names, or of types if they have a colon. */
  readonly protected?: readonly string[];
}

/** The names of the days, as in `workingHours`. */
export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Hours of some days, in the time of a place. */
export interface WorkingHours {
  readonly days: readonly (typeof DAYS)[number][];
  /** `HH:MM`, such as `08:00`. */
  readonly from: string;
  /** `HH:MM`, later than `from`. */
  readonly to: string;
  /** A name of the IANA database, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** The content of a section of a policy file: rules that refuse, and rules that only warn. */
export interface PolicySection extends Policy {
  readonly warn?: Policy;
}

/** A violation that is allowed until a date. */
export interface PolicyException {
  readonly rule: keyof Policy;
  /** A pattern of the names of resources; without it, every resource. */
  readonly resource?: string;
  /** A pattern of stacks; without it, every stack. */
  readonly stack?: string;
  /** The last day, as `YYYY-MM-DD`. */
  readonly until: string;
  readonly reason: string;
}

/** A policy file. */
export interface PolicyFile extends PolicySection {
  /** Sections by the pattern of their stacks. A key of a section replaces the same key at the top of the file. */
  readonly stacks?: Readonly<Record<string, PolicySection>>;
  readonly exceptions?: readonly PolicyException[];
}

/** An image that a service runs or mounts. */
export interface PolicyImage {
  readonly service: string;
  /** Undefined if the document does not name the image literally. */
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

/** A part of a Compose document that may bring in an image without any rule about images noticing it. */
export interface PolicyPart {
  /** The key that `allowedKeys` names to allow it. */
  readonly key: string;
  readonly message: string;
  /** Whether the part is unknown at preview. If so, the update evaluates the rule. */
  readonly isUnknown: boolean;
  /** The path of the part in the Compose document. */
  readonly path: readonly (string | number)[];
}

/** An execution as the program declares it, for the evaluation of a policy. */
export interface PolicySubject {
  readonly name: string;
  readonly stack: string;
  readonly executionType: string | undefined;
  readonly timeout: number | undefined;
  readonly waitFor: string | undefined;
  /** The label of the run. */
  readonly fileName: string | undefined;
  /** Undefined if the document is secret or unknown. */
  readonly images: readonly PolicyImage[] | undefined;
  /** Likewise. */
  readonly parts: readonly PolicyPart[] | undefined;
}

/** One violation of a policy. */
export interface Violation {
  readonly rule: keyof Policy;
  readonly code: string;
  /** The execution or other resource with the violation; empty for all executions together. */
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
