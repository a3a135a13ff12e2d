import type { CheckedKey } from "./checked-keys";

/** The rules of a repository's policy about the runs of its stacks. An absent rule has no effect. */
export interface Policy {
  /**
   * The longest allowed `timeout` of a run, in seconds. An aborted run may use its `gracefulTimeout` too. So seconds of
   * `gracefulTimeout` above its default are added to `timeout`; the default of `gracefulTimeout` is always allowed.
   */
  readonly maxTimeout?: number;
  /** Patterns of the machines that a run may use. */
  readonly executionTypes?: readonly string[];
  /** Whether each image must have a digest in its name. */
  readonly pinnedImages?: boolean;
  /** Patterns of the registries from which images may come, such as `ghcr.io/acme` or `*.example.com`. */
  readonly registries?: readonly string[];
  /**
   * Keys of a Compose document that are allowed, although no rule can check the images and files that these keys name.
   */
  readonly allowedKeys?: readonly CheckedKey[];
  /**
   * The largest allowed number of runs that one `up` starts for a resource (`retries.attempts`). 1 forbids `retries`.
   */
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
  /** Patterns for the labels of runs (the argument `fileName`). The label of a run must match at least one pattern. */
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
   * Patterns of resources that a command must not delete, replace or rename. A pattern with a colon matches types. A
   * pattern without a colon matches names.
   */
  readonly protected?: readonly string[];
}

/** The names of the days in `workingHours`. */
export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Hours on some days of the week, in one time zone. */
export interface WorkingHours {
  readonly days: readonly (typeof DAYS)[number][];
  /** The time at which the hours begin: `HH:MM`, such as `08:00`. */
  readonly from: string;
  /** The time at which the hours end: `HH:MM`, later than `from`. */
  readonly to: string;
  /** The name of a time zone in the IANA database, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** A section of a policy file. Violations of its rules are errors. Violations of the rules in `warn` are warnings. */
export interface PolicySection extends Policy {
  readonly warn?: Policy;
}

/** Allows the violations of one rule until a date. */
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

/** The content of a policy file. */
export interface PolicyFile extends PolicySection {
  /**
   * Sections for some stacks. A key is a pattern of stack names. A rule in a section replaces the same rule at the top
   * level of the file.
   */
  readonly stacks?: Readonly<Record<string, PolicySection>>;
  readonly exceptions?: readonly PolicyException[];
}

/** An image that a Compose service runs or mounts. */
export interface PolicyImage {
  readonly service: string;
  /** The name of the image. Undefined if the document does not show the exact name. */
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

/**
 * A part of a Compose document that may make the run use an image. The rules about images cannot check such an image.
 */
export interface PolicyPart {
  /**
   * The key of the part in the Compose document. If `allowedKeys` of the policy contains this key, the part is allowed.
   */
  readonly key: string;
  readonly message: string;
  /**
   * Whether this part of the document is unknown at preview. If so, the rule about the part is evaluated at the update.
   */
  readonly isUnknown: boolean;
  /** The path of this part in the Compose document. */
  readonly path: readonly (string | number)[];
}

/** An execution as the program declares it, for the evaluation of a policy. */
export interface PolicySubject {
  readonly name: string;
  readonly stack: string;
  readonly executionType: string | undefined;
  readonly timeout: number | undefined;
  readonly gracefulTimeout: number | undefined;
  /** The largest number of runs that one `up` starts for the execution. Undefined if `retries` is unknown. */
  readonly attempts: number | undefined;
  readonly waitFor: string | undefined;
  /** The label of the run. */
  readonly fileName: string | undefined;
  /** The images of the document. Undefined if the Compose text or model is unknown, secret or unreadable. */
  readonly images: readonly PolicyImage[] | undefined;
  /**
   * The parts of the document that may make the run use images other than those in `images`. The rules about images
   * cannot check such images. Undefined if the Compose text or model is unknown, secret or unreadable.
   */
  readonly parts: readonly PolicyPart[] | undefined;
}

/** One violation of a policy. */
export interface Violation {
  readonly rule: keyof Policy;
  readonly code: string;
  /** The name of the resource with the violation. Empty if the whole command violates the rule. */
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
  /** The path of the violation in the Compose document. */
  readonly path?: readonly (string | number)[];
}

/** The price per hour of each machine. Undefined if the prices could not be read. */
export type Prices = ReadonlyMap<string, number> | undefined;

/** The highest possible cost of runs. */
export interface CostBound {
  /**
   * The cost of the runs that are not in `unknown`, in the currency of the account. The API does not define the
   * currency.
   */
  readonly amount: number;
  /** Names or ids of the runs whose cost is unknown. */
  readonly unknown: readonly string[];
}

/** The facts that decide the cost of a run. */
export interface PricedRun {
  readonly name: string;
  readonly executionType: string | undefined;
  /** The timeout of the run in seconds. */
  readonly timeout: number | undefined;
  /** The seconds that an aborted run may take to stop. */
  readonly gracefulTimeout: number | undefined;
  /** The largest number of runs that one `up` starts for the execution. Undefined if `retries` is unknown. */
  readonly attempts: number | undefined;
  /** Set if the run may belong to an account whose runs and prices are unknown. */
  readonly isElsewhere?: boolean;
}

/**
 * The highest possible cost of a run, with all its attempts. The grace period counts, because a run may be aborted just
 * before its timeout. Undefined if the price, a time or the number of attempts is unknown.
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
 * The highest possible cost of several runs, including the attempts of `retries`. A later command may start a failed
 * run again, and that cost is not included.
 */
export function boundOfAll(runs: readonly PricedRun[], prices: Prices): CostBound {
  const bounds = runs.map((run) => boundOf(run, prices));
  return {
    amount: bounds.reduce<number>((sum, bound) => sum + (bound ?? 0), 0),
    unknown: runs.filter((_, at) => bounds[at] === undefined).map(({ name }) => name),
  };
}
