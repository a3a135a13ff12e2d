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

/**
 * Outputs with what a record says of their run: built whole, and the same object where nothing is news, as in nearly every tick of a
 * wait. Only known keys are taken, and what a record leaves out stays as recorded.
 *
 * | known      | record            | then |
 * |------------|-------------------|------|
 * | no end     | anything          | what it says replaces what is known; its cost counts once it shows the end |
 * | an end     | an end            | the same, but an end by its word keeps the word where the record has none that is an end |
 * | an end     | no end: it lags   | the end and all that is known stay; what it says beyond that is added |
 * | an end with exit code or time | an end by its word alone | the word that is known stays: one such answer may be wrong |
 * | any status | no status word    | the word that is known stays |
 *
 * So the outputs do not depend on the order in which records of one run arrive, whatever each of them leaves out.
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
    // While a run goes on its cost grows: it would be another one at each look.
    cost: hasEnded(record) ? (record.cost ?? outputs.cost) : outputs.cost,
    // Only a run that has completed has results, and a code that is known later may say that it has not.
    results: kindOf({ status, returnCode, endedAt }) === "completed" ? outputs.results : undefined,
  });
  return isDeepStrictEqual(next, outputs) ? outputs : next;
}

/**
 * The status word behind a record. A word that says that the run has ended is not replaced by one that does not, nor an end with exit code
 * or time by a word alone.
 */
function statusAfter(outputs: ExecutionOutputs, record: ObservedRun): string {
  const { status } = outputs;
  if (record.status === NO_STATUS || (isBareEnd(record) && hasEnded(outputs) && !isBareEnd(outputs))) return status;
  const isEnd = (word: string): boolean => isEndKind(classifyStatus(word));
  return isEnd(status) && !isEnd(record.status) ? status : record.status;
}

/** Which services ended how. The errors of a run grow in number, so what names most of its services knows best which failed first. */
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

/** Seconds between two times; undefined where one is not known, or the second is the earlier one. */
function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const seconds = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Whether an end is known as well as a record could show it. */
export function isReported({ endedAt, returnCode }: Pick<ExecutionOutputs, "endedAt" | "returnCode">): boolean {
  return endedAt !== undefined && returnCode !== undefined;
}

/** Outputs with what was seen of the run: its record, or its status alone. */
export function withObserved(
  outputs: ExecutionOutputs,
  { status, record }: { readonly status: string; readonly record?: ObservedRun },
): ExecutionOutputs {
  return withRecord(outputs, record ?? { status });
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
