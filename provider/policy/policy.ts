import type { CheckedKey } from "./checked-keys";

/** The rules of a repository's policy about the runs of its stacks. A rule that is absent has no effect. */
export interface Policy {
  /**
   * The longest allowed `timeout` of a run, in seconds. A `gracefulTimeout` above the default counts too, because a run
   * that is aborted at its end may take this time in addition.
   */
  readonly maxTimeout?: number;
  /** Patterns of the machines that a run may use. */
  readonly executionTypes?: readonly string[];
  /** Whether the name of every image must contain the image's digest. */
  readonly pinnedImages?: boolean;
  /** Patterns of the registries that images may come from, such as `ghcr.io/acme` or `*.example.com`. */
  readonly registries?: readonly string[];
  /**
   * Keys of a Compose document that are allowed although they may make the run use an image that no rule about images
   * checks.
   */
  readonly allowedKeys?: readonly CheckedKey[];
  /** The most runs that one `up` may start for a resource (`retries.attempts`). 1 forbids `retries`. */
  readonly maxAttempts?: number;
  /** Whether a plaintext secret in a Compose document is a violation. */
  readonly noPlaintextSecrets?: boolean;
  /** Patterns of stacks. On these stacks, an execution must wait until its run has completed. */
  readonly awaitCompletedOn?: readonly string[];
  /** The highest allowed cost of all runs that a single apply starts, in the currency of the account. */
  readonly maxCost?: number;
  /** The highest allowed cost of a single run that an apply starts. */
  readonly maxCostPerRun?: number;
  /** The highest allowed cost of the account's runs in a calendar month, including the runs that an apply starts. */
  readonly maxCostPerMonth?: number;
  /** Patterns of a run's label. At least one pattern must match. */
  readonly fileName?: readonly string[];
  /**
   * The largest allowed number of the account's runs that are active at once, including the runs that an apply starts.
   */
  readonly parallelRuns?: number;
  /** The largest allowed number of bytes that a single apply sends to the bucket. */
  readonly maxUploadBytes?: number;
  /** The hours in which an apply or a destroy may change something. */
  readonly workingHours?: WorkingHours;
  /**
   * Resources that may be neither deleted nor replaced, as patterns. A pattern with a colon is for types, and a pattern
   * without a colon is for names.
   */
  readonly protected?: readonly string[];
}

/** The names of the days, as in `workingHours`. */
export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Hours on some days of the week, in one time zone. */
export interface WorkingHours {
  readonly days: readonly (typeof DAYS)[number][];
  /** `HH:MM`, such as `08:00`. */
  readonly from: string;
  /** `HH:MM`, later than `from`. */
  readonly to: string;
  /** The name of a time zone in the IANA database, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/**
 * The content of a section of a policy file: rules whose violations are errors, and in `warn` rules whose violations
 * are warnings.
 */
export interface PolicySection extends Policy {
  readonly warn?: Policy;
}

/** An exception: it allows the violations of one rule until a date. */
export interface PolicyException {
  readonly rule: keyof Policy;
  /** A pattern of the names of resources. If absent, the exception is for every resource. */
  readonly resource?: string;
  /** A pattern of stacks. If absent, the exception is for every stack. */
  readonly stack?: string;
  /** The last day on which the exception is valid, as `YYYY-MM-DD`. */
  readonly until: string;
  readonly reason: string;
}

/** A policy file. */
export interface PolicyFile extends PolicySection {
  /**
   * Sections for some stacks, by a pattern of the stack names. A key in a section replaces the same key at the top
   * level of the file.
   */
  readonly stacks?: Readonly<Record<string, PolicySection>>;
  readonly exceptions?: readonly PolicyException[];
}

/** An image that a Compose service runs or mounts. */
export interface PolicyImage {
  readonly service: string;
  /** The name of the image. Undefined if the document does not contain the exact name. */
  readonly image: string | undefined;
  /**
   * Set if the image is unknown at preview, for example because it is not built yet. The update then evaluates the
   * rules.
   */
  readonly isUnknown?: boolean;
  /** Set if messages must not show the name of the image, because the name may be secret. */
  readonly isHidden?: boolean;
  /** The path of the image in the Compose document. */
  readonly path: readonly (string | number)[];
}

/** A part of a Compose document that may make the run use an image which no rule about images checks. */
export interface PolicyPart {
  /** The key of the part. The part is allowed if `allowedKeys` names this key. */
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
  readonly gracefulTimeout: number | undefined;
  /** The most runs that one `up` starts for the execution. Undefined if `retries` is unknown. */
  readonly attempts: number | undefined;
  readonly waitFor: string | undefined;
  /** The label of the run. */
  readonly fileName: string | undefined;
  /** The images of the document. Undefined if the document is secret or unknown. */
  readonly images: readonly PolicyImage[] | undefined;
  /** The parts that rules about images cannot check. Undefined if the document is secret or unknown. */
  readonly parts: readonly PolicyPart[] | undefined;
}

/** One violation of a policy. */
export interface Violation {
  readonly rule: keyof Policy;
  readonly code: string;
  /** The execution or other resource with the violation. Empty if the violation is by all executions together. */
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
  /** The path of the violation in the Compose document. */
  readonly path?: readonly (string | number)[];
}

/** The price per hour of each machine. A price is undefined if Lyceum has none for the machine. */
export type Prices = ReadonlyMap<string, number> | undefined;

/** The highest possible cost of runs. */
export interface CostBound {
  /**
   * The cost of the runs whose price and timeout are known. The amount is in the currency of the account, which the API
   * does not define.
   */
  readonly amount: number;
  /** Names of the executions whose price or timeout is unknown. */
  readonly unknown: readonly string[];
}

/** The facts that decide the cost of a run. */
export interface PricedRun {
  readonly name: string;
  readonly executionType: string | undefined;
  /** The timeout of the run in seconds. */
  readonly timeout: number | undefined;
  /** The seconds that the run may take to stop, after it was aborted. */
  readonly gracefulTimeout: number | undefined;
  /** The most runs that one `up` starts for the execution, because of `retries`. Undefined if it is unknown. */
  readonly attempts: number | undefined;
  /** Set if the run may belong to another account than the one whose prices and runs are known. */
  readonly isElsewhere?: boolean;
}

/**
 * The highest possible cost of a run: its longest time times the price of its machine, for each attempt. A run that is
 * aborted just before its timeout may take its grace period in addition. Undefined if one of these values is unknown.
 */
export function boundOf(
  { executionType, timeout, gracefulTimeout, attempts, isElsewhere }: Omit<PricedRun, "name">,
  prices: Prices,
): number | undefined {
  const price = isElsewhere === true ? undefined : prices?.get(executionType ?? "");
  if (price === undefined || timeout === undefined || gracefulTimeout === undefined || attempts === undefined)
    return undefined;
  return (price * (timeout + gracefulTimeout) * attempts) / 3600;
}

/**
 * The highest possible cost of several runs, with the attempts that `retries` allows. If a run fails and a later
 * command starts it again, the second cost is not included.
 */
export function boundOfAll(runs: readonly PricedRun[], prices: Prices): CostBound {
  const bounds = runs.map((run) => boundOf(run, prices));
  return {
    amount: bounds.reduce<number>((sum, bound) => sum + (bound ?? 0), 0),
    unknown: runs.filter((_, at) => bounds[at] === undefined).map(({ name }) => name),
  };
}
