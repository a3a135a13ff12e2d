import { UNKNOWN_MARKER } from "../../../compose";
import type { ExecutionOutputs, InitFailure, RecordedState, ResourceInputs } from "../../lifecycle";
import { recordedInputs, sortedInputs } from "../../reads/recorded-names";
import { argumentOutputs } from "../../schema";
import { ARTIFACTS_OF_DYNAMIC_HOST, UNKNOWN_TEXT } from "../../schema/wire-forms";

/** Properties in the form of the dynamic host. Names that begin with `__` are not arguments. */
export type Properties = Record<string, unknown>;

/** Converts inputs in the form of the dynamic host to `ResourceInputs`. */
export function inputsOf({ __provider: _code, ...inputs }: Properties): ResourceInputs {
  return sortedInputs(fromPulumi(inputs));
}

/**
 * Converts checked inputs to the form that the dynamic host records. Adds `__provider`, the code of the dynamic
 * provider.
 */
export function recordedOf(inputs: ResourceInputs, news: Properties): Properties {
  const { artifacts, ...recorded } = recordedInputs(inputs);
  const named = artifacts === undefined ? {} : { [ARTIFACTS_OF_DYNAMIC_HOST]: artifacts };
  return { ...toPulumi({ ...recorded, ...named }), ...ownOf(news) };
}

/** Converts recorded outputs of the dynamic host to the resource's form. */
export function stateOf(id: string, { __resourceUrn: urn, ...properties }: Properties): RecordedState {
  return { id, urn: typeof urn === "string" ? urn : "", properties };
}

/**
 * Converts outputs to the form that the dynamic host records, and adds the arguments that are also outputs.
 *
 * @param values the arguments of the resource. A refresh has no arguments, and passes the recorded outputs
 */
export function answerOf({ resourceUrn, ...outputs }: ExecutionOutputs, values: Properties): Properties {
  return plainJson({ ...toPulumi(argumentOutputs(values)), ...outputs, __resourceUrn: resourceUrn });
}

/** Makes the error with which the dynamic host records a run that exists but missed its desired state. */
export function initFailureOf({ id, outputs, reasons }: InitFailure<ExecutionOutputs>, news: Properties): Error {
  // If the state had no `__provider`, the resource could never be refreshed or destroyed.
  const properties = { ...answerOf(outputs, inputsOf(news).values), ...ownOf(news) };
  return Object.assign(new Error(reasons[0]), { id, properties, reasons });
}

/** Returns only the input `__provider`, the code of the dynamic provider. Empty if the inputs have no `__provider`. */
function ownOf({ __provider }: Properties): Properties {
  return __provider === undefined ? {} : { __provider };
}

/**
 * Converts an answer to plain JSON. The engine cannot store `undefined`, a Date or a Map: the operation would fail with
 * "Unexpected struct type", and the state would not record the run.
 */
export function plainJson(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** Replaces Pulumi's marker for unknown values by the marker of this package, at any depth of the value. */
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
