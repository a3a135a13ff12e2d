import type { Shape, SourceType, ValueType } from "./value-types";

/**
 * What a change of an input means.
 *
 * | role     | a change of it |
 * |----------|----------------|
 * | source   | changes the Compose document; its meaning decides about a new run |
 * | identity | starts a new run |
 * | nextRun  | starts nothing; applies from the next run on |
 * | policy   | starts nothing by itself; decides about the recorded run |
 * | command  | starts nothing; applies to the current command |
 * | check    | starts nothing; only check uses it |
 * | end      | is recorded at once, for the deletion |
 */
export type Role = "source" | "identity" | "nextRun" | "policy" | "command" | "check" | "end";

/** An argument of the resource. If it has a field in the body of a start, it needs only this row. */
export interface InputRow {
  readonly type: ValueType<unknown> | SourceType;
  readonly role: Role;
  /** The default. Check adds it to the inputs. So if a later version has another default, no run is replaced. */
  readonly default?: unknown;
  /**
   * The value that an absent input means, if check adds no default. It is not sent, so the API's default applies. A
   * field that a later version adds has such a value. So requests, states and previews without the field do not change.
   */
  readonly whenAbsent?: unknown;
  /** The default as text, if it is not a constant or needs an explanation. */
  readonly defaultWords?: string;
  /** The field of the start's body (`provider/lyceum/contract/openapi.yaml`). */
  readonly apiField?: string;
  /** A text that the documentation shows after the API field. */
  readonly apiNote?: string;
  /**
   * How the outputs contain an input that belongs to the identity of a run: unchanged (`value`), or as a digest that
   * does not reveal it.
   */
  readonly recorded?: "value" | "digest";
  /** The value that the input had in older versions, which did not record it. Default: `default`, or `whenAbsent`. */
  readonly whenNotRecorded?: unknown;
  /**
   * Whether the value is part of every start key. Otherwise it is part of a key only if it differs from the default. A
   * field that a later version adds must not be in every key.
   */
  readonly inEveryKey?: true;
  /** Whether every program gives it. */
  readonly required?: true;
  /** Whether the value is always secret. */
  readonly secret?: true;
  /** Whether the program must know the value before it runs. Such a value cannot be an output. */
  readonly plain?: true;
  /** What the argument means and does, in sentences for users. The documentation adds limits, default and API field. */
  readonly doc: string;
  /**
   * TypeScript properties of the arguments' object that show how to use the argument. They may use `config`, the
   * configuration of the stack.
   */
  readonly example: string;
}

/** An argument or an output of a function, or a field of an object in it. */
export interface ValueRow {
  readonly type: ValueType<unknown>;
  /** Whether the value is always present: a required argument, or an output that Lyceum always reports. */
  readonly required?: true;
  readonly secret?: true;
  /** The type for other languages, if it is more exact than the type of the value. */
  readonly shape?: Shape;
  /** The value that an absent argument means, for the documentation. */
  readonly whenAbsent?: string | number;
  readonly apiField?: string;
  readonly doc: string;
}

/** An output of the resource. */
export interface OutputRow {
  readonly type: ValueType<unknown>;
  /**
   * The value that is used if an older or damaged state lacks the output. It has the least effect. An output without a
   * fallback is optional.
   */
  readonly fallback?: unknown;
  readonly apiField?: string;
  /** Whether the value is secret, because it gives access to something. */
  readonly secret?: true;
  /** Whether the class has a property for the output. Other outputs are only recorded. */
  readonly public?: true;
  readonly doc: string;
}
