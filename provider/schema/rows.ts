import type { Shape, SourceType, ValueType } from "./value-types";

/**
 * What a change of an input means.
 *
 * | role     | a change of it |
 * |----------|----------------|
 * | source   | is a part of the compose document, whose meaning is compared |
 * | identity | starts a new run |
 * | nextRun  | starts nothing, holds from the next run |
 * | policy   | starts nothing by itself, decides about the recorded run |
 * | command  | starts nothing, holds for the command that is running |
 * | check    | starts nothing, is for check alone |
 * | end      | is recorded at once, for the deletion |
 */
export type Role = "source" | "identity" | "nextRun" | "policy" | "command" | "check" | "end";

/** An argument of the resource. A row is all that an argument with a field of its own in the start's body needs. */
export interface InputRow {
  readonly type: ValueType<unknown> | SourceType;
  readonly role: Role;
  /** Check writes it into the inputs, so that a later default replaces nobody's run. */
  readonly default?: unknown;
  /**
   * What an input counts as that the program leaves out, where check writes no default. It is not sent: the default of the API holds.
   * A field of the request that comes later has this, so that requests, states and previews of programs without it stay as they are.
   */
  readonly whenAbsent?: unknown;
  /** The default in words, where it is no constant, or more is to be said of it. */
  readonly defaultWords?: string;
  /** The field of the start's body (`provider/lyceum/contract/openapi.yaml`). */
  readonly apiField?: string;
  /** What stands behind the API field in the documentation. */
  readonly apiNote?: string;
  /** How the outputs hold an identity: as it is (`value`), or as a keyed digest that does not show it. */
  readonly recorded?: "value" | "digest";
  /** What an identity counts as where an older version did not record it. Default: `default`, or `whenAbsent`. */
  readonly whenNotRecorded?: unknown;
  /** Whether the value is part of every start key. One of a later version is only where it differs from the default. */
  readonly inEveryKey?: true;
  /** Whether it is always secret, whatever the program says. */
  readonly secret?: true;
  /** Whether the program knows it before it runs: no output may be given. */
  readonly plain?: true;
  /** For people: what it is and what it does, in sentences. Limits, default and API field are put behind it. */
  readonly doc: string;
  /** Properties of the arguments' object that show it in use. A program may use `config`, the configuration of its stack. */
  readonly example: string;
}

/** An argument or an output of a function, or a field of an object in it. */
export interface ValueRow {
  readonly type: ValueType<unknown>;
  /** Whether it is always there: an argument that must be given, an output that Lyceum never leaves out. */
  readonly required?: true;
  readonly secret?: true;
  /** The type for other languages, where it says more than the value's own. */
  readonly shape?: Shape;
  /** What an argument counts as that is not given, for the documentation. */
  readonly whenAbsent?: string | number;
  readonly apiField?: string;
  readonly doc: string;
}

/** An output of the resource. */
export interface OutputRow {
  readonly type: ValueType<unknown>;
  /** The value of an older or damaged state that lacks it: the one that does least. Without it the output is optional. */
  readonly fallback?: unknown;
  readonly apiField?: string;
  /** Whether whoever has it can see or do something. */
  readonly secret?: true;
  /** Whether the class shows it; any other one is only recorded. */
  readonly public?: true;
  readonly doc: string;
}
