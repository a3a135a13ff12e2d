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
