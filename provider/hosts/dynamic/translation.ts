import { UNKNOWN_MARKER } from "../../../compose";
import type { ExecutionOutputs, InitFailure, RecordedState, ResourceInputs } from "../../lifecycle";
import { recordedInputs, sortedInputs } from "../../reads/recorded-names";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";

/** Properties in the form of the dynamic host. Names of this package that are not arguments begin with `__`. */
export type Properties = Record<string, unknown>;

/** The resource's form of the inputs of the dynamic host. */
export function inputsOf({ __provider: _code, ...inputs }: Properties): ResourceInputs {
  return sortedInputs(fromPulumi(inputs));
}

/** Checked inputs in the form that the dynamic host records, with the host's own inputs. */
export function recordedOf(inputs: ResourceInputs, news: Properties): Properties {
  return { ...toPulumi(recordedInputs(inputs)), ...ownOf(news) };
}

/** The resource's form of the dynamic host's recorded outputs. */
export function stateOf(id: string, { __resourceUrn: urn, ...properties }: Properties): RecordedState {
  return { id, urn: typeof urn === "string" ? urn : "", properties };
}

/** Outputs in the form that the dynamic host records. */
export function answerOf({ resourceUrn, ...outputs }: ExecutionOutputs): Properties {
  return plainJson({ ...outputs, __resourceUrn: resourceUrn });
}

/** The error with which the dynamic host records a run that exists but missed its desired state. */
export function initFailureOf({ id, outputs, reasons }: InitFailure<ExecutionOutputs>, news: Properties): Error {
  // If `__provider` were missing in the state, the resource could never be refreshed or destroyed.
  const properties = { ...answerOf(outputs), ...ownOf(news) };
  return Object.assign(new Error(reasons[0]), { id, properties, reasons });
}

/** The dynamic host's own input: the provider text. */
function ownOf({ __provider }: Properties): Properties {
  return __provider === undefined ? {} : { __provider };
}

/**
 * An answer as plain JSON. The engine cannot store `undefined` (it fails with "Unexpected struct type", which loses the
 * run), a Date or a Map. So every answer goes through this function, which drops values that are not JSON or writes
 * them as text.
 */
export function plainJson(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** A value in which the marker of this package replaces Pulumi's marker for unknown values, at any depth. */
export function fromPulumi<T>(value: T): T {
  return replaced(value, UNKNOWN_TEXT, UNKNOWN_MARKER) as T;
}

/** The reverse of {@link fromPulumi}. */
export function toPulumi<T>(value: T): T {
  return replaced(value, UNKNOWN_MARKER, UNKNOWN_TEXT) as T;
}

function replaced(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") return value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((item) => replaced(item, from, to));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]) => [key.replaceAll(from, to), replaced(item, from, to)]);
  return Object.fromEntries(entries);
}
