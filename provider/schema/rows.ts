import type { Shape, SourceType, ValueType } from "./value-types";

/**
 * What a change of an input means.
 *
 * | role     | a change of it |
 * |----------|----------------|
 * | source   | changes the compose document, whose meaning is compared |
 * | identity | starts a new run |
 * | nextRun  | starts nothing, applies from the next run on |
 * | policy   | starts nothing by itself, decides about the recorded run |
 * | command  | starts nothing, applies to the current command |
 * | check    | starts nothing, only check uses it |
 * | end      | is recorded at once, for the deletion |
 */
export type Role = "source" | "identity" | "nextRun" | "policy" | "command" | "check" | "end";

/** An argument of the resource. An argument with a field of its own in the start's body needs only this row. */
export interface InputRow {
  readonly type: ValueType<unknown> | SourceType;
  readonly role: Role;
  /** The default. Check adds it to the inputs, so that a later default does not replace a run. */
  readonly default?: unknown;
  /**
   * The value that an absent input counts as, where check adds no default. It is not sent, so the API's default
   * applies. A later field of the request has this, so that requests, states and previews without it do not change.
   */
  readonly whenAbsent?: unknown;
  /** The default as text, where it is not a constant or needs an explanation. */
  readonly defaultWords?: string;
  /** The field of the start's body (`provider/lyceum/contract/openapi.yaml`). */
  readonly apiField?: string;
  /** Text after the API field in the documentation. */
  readonly apiNote?: string;
  /** How the outputs contain an identity: unchanged (`value`), or as a keyed digest that does not reveal it. */
  readonly recorded?: "value" | "digest";
  /** The identity's value where an older version did not record it. Default: `default`, or `whenAbsent`. */
  readonly whenNotRecorded?: unknown;
  /**
   * Whether the value is part of every start key. That of a later version is so only where it differs from the default.
   */
  readonly inEveryKey?: true;
  /** Whether the value is always secret. */
  readonly secret?: true;
  /** Whether the program must know the value before it runs, so that it cannot be an output. */
  readonly plain?: true;
  /** The meaning and effect, as sentences for people. Limits, default and API field follow it. */
  readonly doc: string;
  /**
   * Properties of the arguments' object that show its use. A program may use `config`, the configuration of its stack.
   */
  readonly example: string;
}

/** An argument or an output of a function, or a field of an object in it. */
export interface ValueRow {
  readonly type: ValueType<unknown>;
  /** Whether it is always present: a required argument, or an output that Lyceum never leaves out. */
  readonly required?: true;
  readonly secret?: true;
  /** The type for other languages, where it is more exact than the value's own. */
  readonly shape?: Shape;
  /** The value that an absent argument counts as, for the documentation. */
  readonly whenAbsent?: string | number;
  readonly apiField?: string;
  readonly doc: string;
}

/** An output of the resource. */
export interface OutputRow {
  readonly type: ValueType<unknown>;
  /** The value where an older or damaged state lacks it, with the least effect. Without it the output is optional. */
  readonly fallback?: unknown;
  readonly apiField?: string;
  /** Whether the value gives access to something. */
  readonly secret?: true;
  /** Whether the class shows it. Other outputs are only recorded. */
  readonly public?: true;
  readonly doc: string;
}
