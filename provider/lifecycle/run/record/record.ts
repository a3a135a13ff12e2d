import { isDeepStrictEqual } from "node:util";
import { NO_STATUS } from "../../../lyceum/answers/run-fields";
import { classifyStatus, hasEnded, isBareEnd, isEndKind, kindOf } from "../../../lyceum/answers/status";
import { compact } from "../../../lyceum/json";
import type { ExecutionRecord } from "../../../lyceum/port";
import { parseRecorded, type RecordedOutputs } from "../../../schema";
import { isPlaceholder } from "../../../schema/run-id";
import { deleteClockSetting } from "../clocks";
import type { ExecutionInputs, RecordedState } from "../inputs";
import { declaredArtifacts } from "./artifacts";
import { exitCodesOf, failedServices } from "./failed-service";

/** The facts that a record or a list shows of a run. A list shows neither errors nor output. */
export type ObservedRun = Pick<ExecutionRecord, "status"> & Partial<ExecutionRecord>;

/** Removes the exit code and the end time from the facts of a run that has not ended. */
export function withoutEnd(record: ObservedRun): ObservedRun {
  const { returnCode: _code, endedAt: _end, ...rest } = record;
  return rest;
}

/**
 * Returns the entry of a run in the list of active runs. The status word decides whether the run has ended: if it shows
 * no end, an exit code and an end time are removed.
 */
export function listedEntry(entry: ObservedRun): ObservedRun {
  return isEndKind(classifyStatus(entry.status)) ? entry : withoutEnd(entry);
}

/**
 * Adds a record to the outputs of its run. If the record has nothing new, returns `outputs` itself. Facts that the
 * record lacks stay unchanged. An older record that arrives late does not undo an end.
 *
 * | outputs        | record    | result |
 * |----------------|-----------|------|
 * | have not ended | any       | the facts of the record count; the cost only if the record shows the end |
 * | have ended     | has ended | the facts of the record count |
 * | have ended     | has not ended, so it is older | the record only adds missing facts |
 *
 * The status word in the outputs stays if the record has none. It also stays if the outputs show the end by an exit
 * code or an end time, and the record only by its status word.
 */
export function withRecord(outputs: ExecutionOutputs, record: ObservedRun): ExecutionOutputs {
  const lags = hasEnded(outputs) && !hasEnded(record);
  const [first, second] = lags ? [outputs, record] : [record, outputs];
  const startedAt = first.startedAt ?? second.startedAt;
  const endedAt = first.endedAt ?? second.endedAt;
  // If the outputs show the end of the job, the record changes neither status nor exit code, because it shows how the
  // other services ended.
  const isOfJob = outputs.jobEnded === true;
  const status = lags || isOfJob ? outputs.status : statusAfter(outputs, record);
  const returnCode = isOfJob ? outputs.returnCode : (first.returnCode ?? second.returnCode);
  const isCompleted = kindOf({ status, returnCode, endedAt }) === "completed";
  const next = compact<ExecutionOutputs>({
    ...outputs,
    missing: undefined,
    status,
    returnCode,
    createdAt: first.createdAt ?? second.createdAt,
    startedAt,
    endedAt,
    durationSeconds: secondsBetween(startedAt, endedAt) ?? outputs.durationSeconds,
    ...(isOfJob ? {} : servicesAfter(outputs, record.errors ?? [], lags)),
    // The cost of an active run grows. If it were recorded, each observation would change the outputs.
    cost: hasEnded(record) ? (record.cost ?? outputs.cost) : outputs.cost,
    // Only a completed run has results and artifacts. They are removed if an exit code that arrives later shows that
    // the run has failed.
    results: isCompleted ? outputs.results : undefined,
    artifacts: isCompleted ? outputs.artifacts : undefined,
  });
  return isDeepStrictEqual(next, outputs) ? outputs : next;
}

/** Returns the status word after a record was added, as the table of {@link withRecord} shows. */
function statusAfter(outputs: ExecutionOutputs, record: ObservedRun): string {
  const { status } = outputs;
  if (record.status === NO_STATUS || (isBareEnd(record) && hasEnded(outputs) && !isBareEnd(outputs))) return status;
  const isEnd = (word: string): boolean => isEndKind(classifyStatus(word));
  return isEnd(status) && !isEnd(record.status) ? status : record.status;
}

/**
 * Returns the failed service and the exit codes of services, from the outputs and from a record. If they differ, the
 * record counts, unless it is older than the outputs (`lags`) or names fewer services. Lyceum only adds errors to a
 * record, so a record with fewer services is older too.
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

/** Returns the seconds between two times. Undefined if a time is unknown or the second time is earlier. */
function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const seconds = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Whether the exit code and the end time of a run are known. */
export function isReported({ endedAt, returnCode }: Pick<ExecutionOutputs, "endedAt" | "returnCode">): boolean {
  return endedAt !== undefined && returnCode !== undefined;
}

/** Adds an observation of a run to its outputs. */
export function withObserved(
  outputs: ExecutionOutputs,
  { status, record }: { readonly status: string; readonly record?: ObservedRun },
): ExecutionOutputs {
  return withRecord(outputs, record ?? { status });
}

/** The status of a run before its status is known. */
export const UNKNOWN_STATUS = "unknown";

/** Returns the outputs of a run without its end, so that a later command observes the end again. */
export function withoutObservedEnd(outputs: ExecutionOutputs): ExecutionOutputs {
  const { returnCode: _code, endedAt: _end, failedService: _service, services: _codes, ...rest } = outputs;
  return { ...rest, status: UNKNOWN_STATUS };
}

/** The recorded outputs of a run, as the tables in `provider/schema` define them. */
export type ExecutionOutputs = RecordedOutputs;

/**
 * Reads recorded outputs. If an older or damaged state lacks a required field, the field gets the fallback of its row
 * in `OUTPUTS`.
 */
export function parseOutputs({ id, urn, properties }: RecordedState): ExecutionOutputs {
  const recorded = parseRecorded({ ...properties, resourceUrn: urn });
  return recorded.executionId === "" && !isPlaceholder(id) ? { ...recorded, executionId: id } : recorded;
}

/**
 * Returns the inputs that the deletion of the resource needs. The state records them, because a destroy receives no
 * inputs.
 *
 * @param filesPrefix the folder of the run in the bucket
 */
export function recordedForEnd(inputs: ExecutionInputs, filesPrefix: string | undefined) {
  const { onDelete, deleteRecord, clocks, customTimeouts, urn } = inputs;
  return {
    onDelete,
    declaredArtifacts: declaredArtifacts(inputs, filesPrefix),
    deleteRecord: deleteRecord ? (true as const) : undefined,
    deleteClock: deleteClockSetting(clocks, customTimeouts),
    resourceUrn: urn,
  };
}
