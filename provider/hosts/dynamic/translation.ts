import { unknownMarker } from "../../compose";
import type { ExecutionOutputs, InitFailure, RecordedState, ResourceInputs } from "../../resource";
import { recordedInputs, sortedInputs } from "../recorded-names";
import { plainJson } from "./plain-json";
import { fromPulumi, toPulumi } from "./unknown";

/** Properties as the dynamic host hands them over and records them: what is ours and no argument is called `__…`. */
export type Properties = Record<string, unknown>;

/** The dynamic host's inputs as the resource takes them. */
export function inputsOf({ __provider: _code, ...inputs }: Properties): ResourceInputs {
  return sortedInputs(fromPulumi(inputs, unknownMarker));
}

/** Checked inputs as the dynamic host records them; its own goes with them. */
export function recordedOf(inputs: ResourceInputs, news: Properties): Properties {
  return { ...toPulumi(recordedInputs(inputs), unknownMarker), ...ownOf(news) };
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
