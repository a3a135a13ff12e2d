/**
 * What the page asks for once a second: all that it shows, and nothing that it does not. The bodies of starts, with the
 * credentials of registries, stay out of it. Every text is cut, and every list bounded.
 */
export interface PageView {
  readonly engine: "docker" | "simulated";
  /** ISO 8601, by the emulator's clock. */
  readonly now: string;
  /** What an injected error may name. */
  readonly operations: readonly string[];
  /** One page of all runs, newest first. */
  readonly runs: { readonly total: number; readonly offset: number; readonly executions: readonly PageRun[] };
  /** The run that was asked for; null: the emulator does not know it; absent: none was asked for. */
  readonly run?: PageRunDetail | null;
  readonly faults: { readonly total: number; readonly shown: readonly PageFault[] };
  /** The latest ones, newest first. */
  readonly requests: readonly PageRequest[];
}

/** One run in the list. */
export interface PageRun {
  readonly executionId: string;
  readonly fileName: string | null;
  readonly machine: string;
  readonly status: string;
  readonly hasEnded: boolean;
  readonly returnCode: number | null;
  readonly createdAt: string;
  /** How long it has run, in seconds; null before its start. */
  readonly ran: number | null;
}

/** The run that is shown in full. */
export interface PageRunDetail extends PageRun {
  readonly errors: readonly string[];
  readonly timeline: readonly { readonly status: string; readonly at: string }[];
  /** The newest lines from the asked one on. */
  readonly lines: readonly PageLine[];
}

/** One line of output. */
export interface PageLine {
  /** Counts the lines of the run from 0, also those that are no longer kept. */
  readonly index: number;
  readonly service: string;
  readonly message: string;
  /** How many characters of it are not shown. */
  readonly omitted: number;
}

/** One injected error. */
export interface PageFault {
  readonly id: string;
  readonly operation: string;
  /** Such as `status 503`. */
  readonly what: string;
  /** Which runs it is about; empty: all. */
  readonly match: string;
  readonly matched: number;
  readonly fired: number;
  readonly times: number | "always";
  readonly holding: number;
}

/** One request of a client. */
export interface PageRequest {
  readonly index: number;
  readonly at: string;
  readonly method: string;
  /** Without the base path of the API. */
  readonly path: string;
  readonly status: number | null;
  /** The injected error that stood in for the answer. */
  readonly fault: string | null;
}
