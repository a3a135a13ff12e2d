import { isDeepStrictEqual } from "node:util";
import { compact } from "../../lyceum/answers/json";
import { NO_STATUS } from "../../lyceum/answers/run-fields";
import { classifyStatus, hasEnded, isBareEnd, isEndKind, kindOf } from "../../lyceum/answers/status";
import type { ExecutionRecord } from "../../lyceum/port";
import { parseRecorded, type RecordedOutputs } from "../../schema";
import { isPlaceholder } from "../../schema/run-id";
import { deleteClockSetting } from "./clocks";
import { exitCodesOf, failedServices } from "./failed-service";
import type { ExecutionInputs, RecordedState } from "./inputs";

/** The facts that a record or a list entry reports of a run. A list entry has neither errors nor output. */
export type ObservedRun = Pick<ExecutionRecord, "status"> & Partial<ExecutionRecord>;

/** Removes exit code and end from a run that the active list shows, because the run has not ended. */
export function withoutEnd(record: ObservedRun): ObservedRun {
  const { returnCode: _code, endedAt: _end, ...rest } = record;
  return rest;
}

/** An entry of the active list. Its exit code and end count only if its status word is an end. */
export function listedEntry(entry: ObservedRun): ObservedRun {
  return isEndKind(classifyStatus(entry.status)) ? entry : withoutEnd(entry);
}

/**
 * Adds a record to the outputs of its run. Most ticks of a wait bring nothing new, and then the result is the same
 * object. Unknown keys are dropped. Facts that the record does not have stay as they were.
 *
 * | known      | record            | then |
 * |------------|-------------------|------|
 * | no end     | anything          | the record's facts replace the known ones; its cost counts once it shows the end |
 * | an end     | an end            | the same, but a known word that is an end stays if the record's word is not an end |
 * | an end     | no end: it lags   | all known facts stay; the record only adds missing ones |
 * | an end with exit code or time | an end by its word alone | the known word stays: one such answer may be wrong |
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
    // The cost of an active run grows. Without this, the outputs would change at each observation.
    cost: hasEnded(record) ? (record.cost ?? outputs.cost) : outputs.cost,
    // Only a completed run has results. A late exit code may show that the run has not completed.
    results: kindOf({ status, returnCode, endedAt }) === "completed" ? outputs.results : undefined,
  });
  return isDeepStrictEqual(next, outputs) ? outputs : next;
}

/**
 * The status word after a record. A word that is not an end does not replace an end. A word alone does not replace an
 * end with exit code or time.
 */
function statusAfter(outputs: ExecutionOutputs, record: ObservedRun): string {
  const { status } = outputs;
  if (record.status === NO_STATUS || (isBareEnd(record) && hasEnded(outputs) && !isBareEnd(outputs))) return status;
  const isEnd = (word: string): boolean => isEndKind(classifyStatus(word));
  return isEnd(status) && !isEnd(record.status) ? status : record.status;
}

/**
 * Exit codes of services. The service only adds errors, so the record that names most services shows the first failure
 * best.
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

/** Seconds between two times; undefined where one is unknown or the second one is earlier. */
function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const seconds = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Whether all facts of an end are known that a record can show. */
export function isReported({ endedAt, returnCode }: Pick<ExecutionOutputs, "endedAt" | "returnCode">): boolean {
  return endedAt !== undefined && returnCode !== undefined;
}

/** Outputs with an observation of the run: its record, or its status alone. */
export function withObserved(
  outputs: ExecutionOutputs,
  { status, record }: { readonly status: string; readonly record?: ObservedRun },
): ExecutionOutputs {
  return withRecord(outputs, record ?? { status });
}

/** The status of a run before any is known. */
export const UNKNOWN_STATUS = "unknown";

/** The recorded outputs of a run. The tables in `provider/schema` define them. */
export type ExecutionOutputs = RecordedOutputs;

/** Reads recorded outputs. A field that an older or damaged state lacks gets the value with the least effect. */
export function parseOutputs({ id, urn, properties }: RecordedState): ExecutionOutputs {
  const recorded = parseRecorded({ ...properties, resourceUrn: urn });
  return recorded.executionId === "" && !isPlaceholder(id) ? { ...recorded, executionId: id } : recorded;
}

/** The inputs that the deletion of the resource needs. The state records them, because a destroy gets no others. */
export function recordedForEnd({ onDelete, deleteRecord, clocks, customTimeouts, urn }: ExecutionInputs) {
  return {
    onDelete,
    deleteRecord: deleteRecord ? (true as const) : undefined,
    deleteClock: deleteClockSetting(clocks, customTimeouts),
    resourceUrn: urn,
  };
}
