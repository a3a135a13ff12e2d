import { UNKNOWN_MARKER } from "../../../compose";
import type { ExecutionOutputs, InitFailure, RecordedState, ResourceInputs } from "../../lifecycle";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { recordedInputs, sortedInputs } from "../recorded-names";

/** Properties as the dynamic host hands them over and records them: what is ours and no argument is called `__…`. */
export type Properties = Record<string, unknown>;

/** The dynamic host's inputs as the resource takes them. */
export function inputsOf({ __provider: _code, ...inputs }: Properties): ResourceInputs {
  return sortedInputs(fromPulumi(inputs));
}

/** Checked inputs as the dynamic host records them; its own goes with them. */
export function recordedOf(inputs: ResourceInputs, news: Properties): Properties {
  return { ...toPulumi(recordedInputs(inputs)), ...ownOf(news) };
}

/** The dynamic host's recorded outputs as the resource takes them. */
export function stateOf(id: string, { __resourceUrn: urn, ...properties }: Properties): RecordedState {
  return { id, urn: typeof urn === "string" ? urn : "", properties };
}

/** Outputs as the dynamic host records them. */
export function answerOf({ resourceUrn, ...outputs }: ExecutionOutputs): Properties {
  return plainJson({ ...outputs, __resourceUrn: resourceUrn });
}

/** The form in which the dynamic host takes a run that exists but is not in its desired state. */
export function initFailureOf({ id, outputs, reasons }: InitFailure<ExecutionOutputs>, news: Properties): Error {
  // Without `__provider` among the properties the state could never be refreshed or destroyed again.
  const properties = { ...answerOf(outputs), ...ownOf(news) };
  return Object.assign(new Error(reasons[0]), { id, properties, reasons });
}

/** What the dynamic host itself keeps among the inputs: the provider's text. */
function ownOf({ __provider }: Properties): Properties {
  return __provider === undefined ? {} : { __provider };
}

/**
 * Plain JSON of an answer. The engine cannot store `undefined` ("Unexpected struct type", which loses the run), a Date
 * or a Map, so whatever is not JSON is dropped or written as text here, at the one border all answers cross.
 */
export function plainJson(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** A value with Pulumi's marker of what is not known replaced by ours, wherever it stands. */
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
