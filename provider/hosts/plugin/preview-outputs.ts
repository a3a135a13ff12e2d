import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unknownMarker } from "../../compose";
import type { ResourceInputs } from "../../resource";
import { PUBLIC_OUTPUTS, SECRET_OUTPUTS } from "../../schema";
import { received, sent } from "./wire-values";

/** Outputs that a new run takes from its inputs; every other one is not known before it starts. */
const FROM_INPUTS: readonly string[] = ["timeout", "gracefulTimeout"];

/** Outputs that an update may change: it waits for the run, or reads it again. */
const READ_AGAIN = [
  "status",
  "returnCode",
  "startedAt",
  "endedAt",
  "durationSeconds",
  "failedService",
  "services",
  "cost",
  "results",
];

/** The outputs of a run that a preview would update. */
export function updatedOutputs(recorded: Struct | undefined): Struct {
  const { values, secretPaths } = received(recorded);
  const unknown = READ_AGAIN.map((name) => [name, unknownMarker]);
  return sent({ ...values, ...Object.fromEntries(unknown) }, secretPaths);
}

/** The outputs of a run that a preview would start. */
export function previewOutputs({ values }: ResourceInputs): Struct {
  const outputs = PUBLIC_OUTPUTS.map((name) => [name, FROM_INPUTS.includes(name) ? values[name] : unknownMarker]);
  const secret = SECRET_OUTPUTS.map((name) => [name]);
  return sent(Object.fromEntries(outputs), secret);
}
