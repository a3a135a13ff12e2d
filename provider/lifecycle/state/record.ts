import { compact } from "../../lyceum/answers/json";
import { classifyStatus, hasEnded, isEndKind } from "../../lyceum/answers/status";
import type { ExecutionRecord } from "../../lyceum/port";
import { parseRecorded, type RecordedOutputs } from "../../schema";
import type { ExecutionInputs, RecordedState } from "../check/inputs";
import { exitCodesOf, failedService } from "../read/failed-service";
import { deleteClockSetting } from "../wait/clocks";
import { isPlaceholder } from "./unclear-start";

/** What a record, or an entry of a list, reports of a run; an entry has neither errors nor output. */
export type ObservedRun = Pick<ExecutionRecord, "status"> & Partial<ExecutionRecord>;

/** An entry of the active list, or the record of a run that it shows: what it says of an exit code or an end is not true yet. */
export function withoutEnd(record: ObservedRun): ObservedRun {
  const { returnCode: _code, endedAt: _end, ...rest } = record;
  return rest;
}

/** An entry of the active list: its run has not ended, whatever else the entry shows, unless its word is an end. */
export function listedEntry(entry: ObservedRun): ObservedRun {
  return isEndKind(classifyStatus(entry.status)) ? entry : withoutEnd(entry);
}

const OBSERVED = ["status", "returnCode", "createdAt", "startedAt", "endedAt"] as const;

/**
 * Outputs with what a record says; what it leaves out stays as recorded. Only known keys are taken. Where it says nothing
 * new, as in nearly every tick of a wait, they are the same object.
 */
export function withRecord(outputs: ExecutionOutputs, record: ObservedRun): ExecutionOutputs {
  const isNews = (key: (typeof OBSERVED)[number]): boolean => record[key] !== undefined && record[key] !== outputs[key];
  if (outputs.missing === undefined && !OBSERVED.some(isNews)) return outputs;
  const startedAt = record.startedAt ?? outputs.startedAt;
  const endedAt = record.endedAt ?? outputs.endedAt;
  return compact<ExecutionOutputs>({
    ...outputs,
    missing: undefined,
    status: record.status,
    returnCode: record.returnCode ?? outputs.returnCode,
    createdAt: record.createdAt ?? outputs.createdAt,
    startedAt,
    endedAt,
    durationSeconds: secondsBetween(startedAt, endedAt) ?? outputs.durationSeconds,
    failedService: failedService(record.errors ?? [])?.service ?? outputs.failedService,
    services: exitCodesOf(record.errors ?? []) ?? outputs.services,
    cost: costOf(record) ?? outputs.cost,
  });
}

/** Outputs with the cost that the record of an ended run reports. */
export function withCost(outputs: ExecutionOutputs, record: ObservedRun): ExecutionOutputs {
  const cost = costOf(record);
  return cost === undefined || cost === outputs.cost ? outputs : { ...outputs, cost };
}

/** While a run goes on its cost grows: it would be another one at each look. */
function costOf(record: ObservedRun): number | undefined {
  return hasEnded(record) ? record.cost : undefined;
}

/** Seconds between two times; undefined where one is not known, or the second is the earlier one. */
function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const seconds = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Outputs with what was seen of the run: its record, or its status alone. */
export function withObserved(
  outputs: ExecutionOutputs,
  { status, record }: { readonly status: string; readonly record?: ObservedRun },
): ExecutionOutputs {
  if (record !== undefined) return withRecord(outputs, record);
  const { missing: _found, ...rest } = outputs;
  return { ...rest, status };
}

/** The status of a run of which nothing is known yet. */
export const UNKNOWN_STATUS = "unknown";

/** What is recorded of a run, by the tables in `provider/schema`: the one place where the lifecycle names them. */
export type ExecutionOutputs = RecordedOutputs;

/** Reads recorded outputs back; whatever an older or damaged state lacks takes the value that does least. */
export function parseOutputs({ id, urn, properties }: RecordedState): ExecutionOutputs {
  const recorded = parseRecorded({ ...properties, resourceUrn: urn });
  return recorded.executionId === "" && !isPlaceholder(id) ? { ...recorded, executionId: id } : recorded;
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
