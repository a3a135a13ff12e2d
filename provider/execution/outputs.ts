import { parseRecorded, type RecordedOutputs } from "../schema";
import type { RecordedState } from "./resource-inputs";

/** What is recorded of a run, by the tables in `provider/schema`. */
export type ExecutionOutputs = RecordedOutputs;

/** Drops absent keys: the engine cannot store `undefined`. */
export function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  // A loop: every entry of every list goes through here, and it is three times as fast as making lists of pairs.
  const present: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    const entry = value[key];
    if (entry !== undefined) present[key] = entry;
  }
  return present as T;
}

/** Reads recorded outputs back; whatever an older or damaged state lacks takes the value that does least. */
export function parseOutputs({ id, urn, properties }: RecordedState): ExecutionOutputs {
  const recorded = parseRecorded({ ...properties, resourceUrn: urn });
  return recorded.executionId === "" ? { ...recorded, executionId: id } : recorded;
}
