import { unknownMarker } from "../compose";
import type { ParsedArguments } from "../schema";
import type { ProjectInputs } from "./project/record";

/** What "done" means for a run. */
export type WaitFor = ParsedArguments["waitFor"];

/** What deleting the resource does to a run that has not ended. */
export type OnDelete = ParsedArguments["onDelete"];

/** Deadlines in seconds; an absent one takes its default. */
export type Clocks = ParsedArguments["clocks"];

/** Operations that the resource option `customTimeouts` knows. */
export const TIMED_OPERATIONS = ["create", "update", "delete"] as const;

/** The resource option `customTimeouts`, in seconds. */
export type CustomTimeouts = { readonly [Operation in (typeof TIMED_OPERATIONS)[number]]?: number };

/**
 * The inputs of an execution after check: complete, typed, defaults written in. The arguments come from the table in
 * `provider/schema/inputs.ts`. Secrets are in clear here.
 */
export interface ExecutionInputs extends ParsedArguments {
  readonly urn: string;
  /** The stack's random secret (the scope); keys and digests are made under it. */
  readonly scope: string;
  /** The text that is sent. Of a project it is there only once it is about to be started; absent when a run is adopted by id. */
  readonly composeText?: string;
  /** What is recorded of the project that `composeFile` names. */
  readonly project?: ProjectInputs;
  /** Secret values of the project's files, once its text is there. */
  readonly projectSecrets?: readonly string[];
  /** Values of the variables that are secret. */
  readonly secretVariables: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  /** The resource option `replaceOnChanges`: inputs, by name or path or `*`, whose change starts a new run. */
  readonly replaceOnChanges?: readonly string[];
  /** Names of inputs that the program marked secret: the provider gets their values unwrapped. */
  readonly secretInputs: readonly string[];
}

/** Whether a value is absent, or not known yet as a whole: a list or a map with an unknown inside is not. */
export function isNotKnown(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && containsUnknown(value));
}

/** Whether an unknown hides anywhere inside a value. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value === "string") return value.includes(unknownMarker);
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(containsUnknown);
  return false;
}
