/**
 * When the request's own effect happens. `never`: not at all. `before`: it is done, then the fault answers.
 * `after`: the fault comes first, the effect later all the same.
 */
export type Commit = "never" | "before" | "after";

/** A fault that stands in for the answer of one request. Times are seconds. */
export type AnswerFault =
  | {
      readonly kind: "status";
      readonly status: number;
      /** Default: `{"detail": "injected fault"}`. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly commit: Commit;
    }
  | { readonly kind: "delay"; readonly seconds: number; readonly commit: Commit }
  | { readonly kind: "hold"; readonly commit: Commit }
  | { readonly kind: "reset"; readonly commit: Commit }
  | { readonly kind: "garbage"; readonly body: string; readonly commit: Commit }
  | ReshapeFault;

/** A fault that does the operation and rewrites its own successful JSON answer, as another service would word it. */
export interface ReshapeFault {
  readonly kind: "reshape";
  /** Keys that are left out. */
  readonly drop?: readonly string[];
  /** Keys whose texts are written in capitals. */
  readonly upperCase?: readonly string[];
  /** What is put in front of the texts of these keys. */
  readonly prefix?: Readonly<Record<string, string>>;
  /** Keys whose texts are written from their end to their begin. */
  readonly reverse?: readonly string[];
  /** Keys that have another name. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Values that these keys have wherever they stand. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Nothing at all: 204 without a body. */
  readonly empty?: boolean;
}

/** A fault that changes what is seen of the runs it matches; the answer itself stays within the contract. */
export type ViewFault =
  | { readonly kind: "lagging-list"; readonly seconds: number }
  | { readonly kind: "forget" }
  /** Every call about one run takes its id in capitals, too, and with anything in front of it. */
  | { readonly kind: "id-forms" };

/** Any fault. */
export type Fault = AnswerFault | ViewFault;

/** Which requests, or which runs, a fault is about; what is absent matches everything. */
export interface FaultMatch {
  readonly executionId?: string;
  readonly fileNamePrefix?: string;
}

/** An injected fault. */
export interface InjectedFault {
  readonly id: string;
  /** An operation id of the contract, or `*`. */
  readonly operation: string;
  readonly match: FaultMatch;
  /** How many matching requests pass before it fires. */
  readonly after: number;
  /** How often it fires; `always` never wears off. */
  readonly times: number | "always";
  readonly fault: Fault;
}

/** How often a fault has matched and fired. */
export interface FaultCount {
  readonly matched: number;
  readonly fired: number;
}

/** The kinds of {@link ViewFault}. */
export const VIEW_FAULTS: ReadonlySet<string> = new Set(
  Object.keys({ "lagging-list": true, forget: true, "id-forms": true } satisfies Record<ViewFault["kind"], true>),
);

/** Whether a fault changes views instead of standing in for an answer. */
export function isViewFault(fault: Fault): fault is ViewFault {
  return VIEW_FAULTS.has(fault.kind);
}
