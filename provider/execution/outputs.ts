import { parseRecorded, type RecordedOutputs } from "../schema";
import { deleteClockSetting } from "./clocks";
import type { ExecutionInputs } from "./inputs";
import type { RecordedState } from "./resource-inputs";

/** What is recorded of a run, by the tables in `provider/schema`: the one place where the lifecycle names them. */
export type ExecutionOutputs = RecordedOutputs;

/** Reads recorded outputs back; whatever an older or damaged state lacks takes the value that does least. */
export function parseOutputs({ id, urn, properties }: RecordedState): ExecutionOutputs {
  const recorded = parseRecorded({ ...properties, resourceUrn: urn });
  return recorded.executionId === "" ? { ...recorded, executionId: id } : recorded;
}

/** What is recorded of inputs for the end of the resource: a destroy sees nothing but what is recorded. */
export function recordedForEnd({ onDelete, deleteRecord, clocks, customTimeouts, urn }: ExecutionInputs) {
  return {
    onDelete,
    deleteRecord: deleteRecord ? (true as const) : undefined,
    deleteClock: deleteClockSetting(clocks, customTimeouts),
    resourceUrn: urn,
  };
}
