/** When the emulator carries out the request: never, before the effect of the fault, or after the effect. */
export type Commit = "never" | "before" | "after";

/** A fault that replaces, changes or delays the answer to a request. Times are in seconds. */
export type AnswerFault =
  | {
      readonly kind: "status";
      readonly status: number;
      /** The body of the answer. Default: `{"detail": "injected fault"}`, or an error of S3 for the bucket. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      /** The S3 error code in an answer of the bucket. Default: the S3 error code for `status`. */
      readonly code?: string;
      readonly commit: Commit;
    }
  | { readonly kind: "delay"; readonly seconds: number; readonly commit: Commit }
  | { readonly kind: "hold"; readonly commit: Commit }
  | {
      readonly kind: "reset";
      /**
       * The number of bytes of the request body that the emulator reads before the reset. If the request has no body,
       * the number of bytes of the answer that it sends. Only for the bucket with `commit: "never"`.
       */
      readonly afterBytes?: number;
      readonly commit: Commit;
    }
  | { readonly kind: "garbage"; readonly body: string; readonly commit: Commit }
  | ReshapeFault;

/** A fault that rewrites the JSON of a successful answer at any depth, as another version of the API might write it. */
export interface ReshapeFault {
  readonly kind: "reshape";
  /** Keys that are removed from the answer. */
  readonly drop?: readonly string[];
  /** Keys of the answer. Their text values are changed to capital letters. */
  readonly upperCase?: readonly string[];
  /** For each key, the text that is put in front of the value of the key. */
  readonly prefix?: Readonly<Record<string, string>>;
  /** Keys of the answer. The characters of their text values are reversed. */
  readonly reverse?: readonly string[];
  /** For each key to rename, its new name. */
  readonly rename?: Readonly<Record<string, string>>;
  /** New values for keys of the answer's JSON. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Whether the answer is empty: 204 without a body. */
  readonly empty?: boolean;
}

/**
 * A fault that changes what answers show of runs, or of the objects in the bucket. The answers still have the form of
 * the contract.
 */
export type ViewFault =
  | { readonly kind: "lagging-list"; readonly seconds: number }
  | { readonly kind: "forget" }
  /** Requests about one run also accept the id of the run in capital letters and with any prefix. */
  | { readonly kind: "id-forms" }
  /** Listings of the bucket have at most `entries` items per page. */
  | { readonly kind: "short-pages"; readonly entries: number };

/** Any fault. */
export type Fault = AnswerFault | ViewFault;

/** The runs to which a fault is limited. An absent field matches all runs. */
export interface FaultMatch {
  readonly executionId?: string;
  readonly fileNamePrefix?: string;
}

/** An injected fault. */
export interface InjectedFault {
  readonly id: string;
  /** An operation id of the contract, the name of an operation of the bucket, or `*`. */
  readonly operation: string;
  readonly match: FaultMatch;
  /** The number of matching requests before the fault has an effect. */
  readonly after: number;
  /** How many times the fault has an effect. `always` has no limit. */
  readonly times: number | "always";
  readonly fault: Fault;
}

/**
 * The number of requests that matched a fault, and the number of those on which the fault had an effect (`after`,
 * `times`).
 */
export interface FaultCount {
  readonly matched: number;
  readonly fired: number;
}

/** The kinds of {@link ViewFault}. */
export const VIEW_FAULTS: ReadonlySet<string> = new Set(
  Object.keys({ "lagging-list": true, forget: true, "id-forms": true, "short-pages": true } satisfies Record<
    ViewFault["kind"],
    true
  >),
);

/** Returns whether a fault is a {@link ViewFault}. */
export function isViewFault(fault: Fault): fault is ViewFault {
  return VIEW_FAULTS.has(fault.kind);
}
