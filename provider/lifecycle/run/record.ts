import { isDeepStrictEqual } from "node:util";
import { NO_STATUS } from "../../lyceum/answers/run-fields";
import { classifyStatus, hasEnded, isBareEnd, isEndKind, kindOf } from "../../lyceum/answers/status";
import { compact } from "../../lyceum/json";
import type { ExecutionRecord } from "../../lyceum/port";
import { parseRecorded, type RecordedOutputs } from "../../schema";
import { isPlaceholder } from "../../schema/run-id";
import { deleteClockSetting } from "./clocks";
import { exitCodesOf, failedServices } from "./failed-service";
import type { ExecutionInputs, RecordedState } from "./inputs";

/** The facts that a record or a list entry reports of a run. A list entry has neither errors nor output. */
export type ObservedRun = Pick<ExecutionRecord, "status"> & Partial<ExecutionRecord>;

/** Removes exit code and end time from a run in the active list, because such a run has not ended. */
export function withoutEnd(record: ObservedRun): ObservedRun {
  const { returnCode: _code, endedAt: _end, ...rest } = record;
  return rest;
}

/** An entry of the active list. Its exit code and end time count only if its status word is an end. */
export function listedEntry(entry: ObservedRun): ObservedRun {
  return isEndKind(classifyStatus(entry.status)) ? entry : withoutEnd(entry);
}

/**
 * Adds a record to the outputs of its run. If the record has nothing new, as during most of a wait, the result is the
 * same object. Unknown keys are dropped. Facts that the record lacks stay as they were.
 *
 * | known      | record            | result |
 * |------------|-------------------|------|
 * | no end     | anything          | the record's facts replace the known ones; its cost counts once it shows the end |
 * | an end     | an end            | the record's facts replace the known ones, but its status word does not if it is not an end |
 * | an end     | no end: it is older | all known facts stay; the record only adds missing ones |
 * | an end with exit code or time | an end only by its status word | the known word stays: one such answer may be wrong |
 * | any status | no status word    | the known word stays |
 *
 * So the outputs do not depend on the order in which records of one run arrive, even if each of them is incomplete.
 */
export function withRecord(outputs: ExecutionOutputs, record: ObservedRun): ExecutionOutputs {
  const lags = hasEnded(outputs) && !hasEnded(record);
  const [first, second] = lags ? [outputs, record] : [record, outputs];
  const startedAt = first.startedAt ?? second.startedAt;
  const endedAt = first.endedAt ?? second.endedAt;
  const status = lags ? outputs.status : statusAfter(outputs, record);
  const returnCode = first.returnCode ?? second.returnCode;
  const next = compact<ExecutionOutputs>({
    ...outputs,
    missing: undefined,
    status,
    returnCode,
    createdAt: first.createdAt ?? second.createdAt,
    startedAt,
    endedAt,
    durationSeconds: secondsBetween(startedAt, endedAt) ?? outputs.durationSeconds,
    ...servicesAfter(outputs, record.errors ?? [], lags),
    // The cost of an active run grows, so it is recorded only at the end. Otherwise each observation would change the
    // outputs.
    cost: hasEnded(record) ? (record.cost ?? outputs.cost) : outputs.cost,
    // Only a completed run has results. An exit code that arrives later may show that the run failed.
    results: kindOf({ status, returnCode, endedAt }) === "completed" ? outputs.results : undefined,
  });
  return isDeepStrictEqual(next, outputs) ? outputs : next;
}

/**
 * The status word after a record was added. An end keeps its word if the record's word is not an end. An end with exit
 * code or time also keeps its word if the record has neither.
 */
function statusAfter(outputs: ExecutionOutputs, record: ObservedRun): string {
  const { status } = outputs;
  if (record.status === NO_STATUS || (isBareEnd(record) && hasEnded(outputs) && !isBareEnd(outputs))) return status;
  const isEnd = (word: string): boolean => isEndKind(classifyStatus(word));
  return isEnd(status) && !isEnd(record.status) ? status : record.status;
}

/**
 * Exit codes of services. The service only adds errors to a record, so the record that names most services is the
 * latest one.
 */
function servicesAfter(
  { failedService: known, services }: ExecutionOutputs,
  errors: readonly string[],
  lags: boolean,
): { readonly [Name in "failedService" | "services"]: ExecutionOutputs[Name] | undefined } {
  const failed = failedServices(errors);
  const codes = exitCodesOf(errors);
  const count = new Set([...Object.keys(services ?? {}), ...(known === undefined ? [] : [known])]).size;
  const named = new Set([...Object.keys(codes ?? {}), ...failed.map(({ service }) => service)]).size;
  const knowsBetter = !lags && named >= count;
  const merged = knowsBetter ? { ...services, ...codes } : { ...codes, ...services };
  const first = failed[0]?.service;
  return {
    failedService: knowsBetter ? (first ?? known) : (known ?? first),
    services: Object.keys(merged).length === 0 ? undefined : merged,
  };
}

/** Seconds between two times. Undefined if one is unknown or the second is earlier. */
function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const seconds = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Whether all facts are known that a record can show about an end. */
export function isReported({ endedAt, returnCode }: Pick<ExecutionOutputs, "endedAt" | "returnCode">): boolean {
  return endedAt !== undefined && returnCode !== undefined;
}

/** Adds an observation of the run to the outputs: its record, or only its status. */
export function withObserved(
  outputs: ExecutionOutputs,
  { status, record }: { readonly status: string; readonly record?: ObservedRun },
): ExecutionOutputs {
  return withRecord(outputs, record ?? { status });
}

/** The status of a run before its status is known. */
export const UNKNOWN_STATUS = "unknown";

/** The recorded outputs of a run. The tables in `provider/schema` define them. */
export type ExecutionOutputs = RecordedOutputs;

/**
 * Reads recorded outputs. If an older or damaged state lacks a field, the field gets the value that has the least
 * effect.
 */
export function parseOutputs({ id, urn, properties }: RecordedState): ExecutionOutputs {
  const recorded = parseRecorded({ ...properties, resourceUrn: urn });
  return recorded.executionId === "" && !isPlaceholder(id) ? { ...recorded, executionId: id } : recorded;
}

/**
 * The inputs that the deletion of the resource needs. The state records them, because a destroy receives no other
 * inputs.
 */
export function recordedForEnd({ onDelete, deleteRecord, clocks, customTimeouts, urn }: ExecutionInputs) {
  return {
    onDelete,
    deleteRecord: deleteRecord ? (true as const) : undefined,
    deleteClock: deleteClockSetting(clocks, customTimeouts),
    resourceUrn: urn,
  };
}
