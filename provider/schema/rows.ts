import type { Shape, SourceType, ValueType } from "./value-types";

/**
 * What a change of an input means.
 *
 * | role     | a change of the input |
 * |----------|----------------|
 * | source   | changes the Compose document; a new run starts if the meaning of the document changes |
 * | identity | starts a new run |
 * | nextRun  | starts no run; applies from the next run on |
 * | policy   | starts no run by itself; decides what happens to the recorded run |
 * | command  | starts no run; applies to the current command |
 * | check    | starts no run; only the check uses the input |
 * | end      | is recorded at once, because the deletion of the resource uses it |
 */
export type Role = "source" | "identity" | "nextRun" | "policy" | "command" | "check" | "end";

/**
 * An argument of a resource. A new argument needs only its row, because the request that starts a run is also made from
 * the rows.
 */
export type InputRow = InputColumns & (RecordedValue | { readonly recorded?: "digest" });

/** An argument that is recorded unchanged. Its value is compared with `===`, which cannot compare lists and maps. */
interface RecordedValue {
  readonly recorded: "value";
  readonly role: "identity";
  readonly type: ValueType<string | number | boolean>;
}

interface InputColumns {
  readonly type: ValueType<unknown> | SourceType;
  readonly role: Role;
  /**
   * The default value. The check adds the default to the inputs, and so to the state. So if a later version has another
   * default, existing runs are not replaced.
   */
  readonly default?: unknown;
  /**
   * The value that an absent input means, if the check adds no default. The provider does not send this value, so the
   * API's default applies. If you add an argument with a default, use `whenAbsent` and not `default`: requests, states
   * and previews of programs without the argument must not change.
   */
  readonly whenAbsent?: unknown;
  /** The default in words, if the default is not a constant or needs an explanation. */
  readonly defaultWords?: string;
  /**
   * The field in the body of the request that starts a run. `StartComposeExecutionRequest` in
   * `provider/lyceum/contract/openapi.yaml` has all these fields.
   */
  readonly apiField?: string;
  /** A text that the documentation adds after the name of the API field. */
  readonly apiNote?: string;
  /**
   * How the outputs record an input that identifies a run: unchanged (`value`), or as a digest that does not reveal the
   * input. `lifecycle/run/identity/identity.ts` makes each digest.
   */
  readonly recorded?: "value" | "digest";
  /**
   * The value that the input is taken to have if the state does not record it, because an older version wrote the
   * state. Default: the default of the input.
   */
  readonly whenNotRecorded?: unknown;
  /**
   * Whether every start key contains the value. Otherwise, a start key contains the value only if it is not the
   * default. An input that a later version adds must not have `inEveryKey`, because start keys of existing runs must
   * not change.
   */
  readonly inEveryKey?: true;
  /** Whether every program must give the argument. */
  readonly required?: true;
  /** Whether the value is always secret. */
  readonly secret?: true;
  /** Why the argument is not an output, for example because its value may be secret. Most arguments are outputs too. */
  readonly notOutput?: string;
  /** If true, the value cannot be an output of another resource. */
  readonly plain?: true;
  /** What the argument means and does, in sentences for users. The documentation adds limits, default and API field. */
  readonly doc: string;
  /** TypeScript properties that show how to use the argument. `config` is the configuration of the stack. */
  readonly example: string;
}

/** An argument or an output of a function, or a field of an object in the output. */
export interface ValueRow {
  readonly type: ValueType<unknown>;
  /** Whether the value is always present: a required argument, or an output that Lyceum always reports. */
  readonly required?: true;
  readonly secret?: true;
  /** The type in Pulumi's schema, if it differs from the shape of `type`. */
  readonly shape?: Shape;
  /** The value that an absent argument means. The documentation shows this value. */
  readonly whenAbsent?: string | number;
  readonly apiField?: string;
  readonly doc: string;
}

/** An output of a resource. */
export interface OutputRow {
  readonly type: ValueType<unknown>;
  /**
   * The value that is used if an older or damaged state does not have the output, such as `abort` for `onDelete`. An
   * output without a fallback is optional.
   */
  readonly fallback?: unknown;
  readonly apiField?: string;
  /** Whether the value is secret, because it gives access to a system or to data. */
  readonly secret?: true;
  /** Whether the resource class has a property for the output. Other outputs are only recorded in the state. */
  readonly public?: true;
  readonly doc: string;
}

/** An output as classes, schema and documentation show it. */
export type ShownOutput = Omit<OutputRow, "type"> & {
  readonly type: Pick<ValueType<unknown>, "typescript" | "shape" | "words">;
};

/** Returns the documentation of a row. If its type has a few allowed words, a sentence about each word follows. */
export function fullDoc({ doc, type }: { readonly doc: string; readonly type?: { readonly shape: Shape } }): string {
  const meanings = type !== undefined && "choices" in type.shape ? (type.shape.meanings ?? {}) : {};
  return [doc, ...Object.entries(meanings).map(([word, meaning]) => `\`${word}\`: ${meaning}`)].join(" ");
}
