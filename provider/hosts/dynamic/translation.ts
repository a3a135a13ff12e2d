import { UNKNOWN_MARKER } from "../../../compose";
import type { ExecutionOutputs, InitFailure, RecordedState, ResourceInputs } from "../../lifecycle";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { recordedInputs, sortedInputs } from "../recorded-names";

/** Properties in the form of the dynamic host. Our own names that are not arguments begin with `__`. */
export type Properties = Record<string, unknown>;

/** The resource's form of the dynamic host's inputs. */
export function inputsOf({ __provider: _code, ...inputs }: Properties): ResourceInputs {
  return sortedInputs(fromPulumi(inputs));
}

/** Checked inputs in the form that the dynamic host records, with the host's own ones. */
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
  // A state without `__provider` among the properties could never be refreshed or destroyed.
  const properties = { ...answerOf(outputs), ...ownOf(news) };
  return Object.assign(new Error(reasons[0]), { id, properties, reasons });
}

/** The dynamic host's own input: the provider's text. */
function ownOf({ __provider }: Properties): Properties {
  return __provider === undefined ? {} : { __provider };
}

/**
 * An answer as plain JSON. The engine cannot store `undefined` ("Unexpected struct type", which loses the run), a Date
 * or a Map. So every answer passes here, where a value that is not JSON is dropped or written as text.
 */
export function plainJson(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** A value with our marker in place of Pulumi's marker for unknown values, at any depth. */
export function fromPulumi<T>(value: T): T {
  return replaced(value, UNKNOWN_TEXT, UNKNOWN_MARKER) as T;
}

/** The opposite of {@link fromPulumi}. */
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
