import { compact } from "../lyceum/json";
import { hasEnded } from "../lyceum/status";
import { exitCodesOf, failedService } from "./failed-service";
import type { ExecutionOutputs } from "./outputs";

/** What a record, or an entry of a list, reports of a run. */
export interface ObservedRun {
  readonly status: string;
  readonly returnCode?: number;
  readonly createdAt?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly fileName?: string;
  /** What Lyceum has billed. */
  readonly cost?: number;
  /** What the run reports; an entry of a list has none. */
  readonly errors?: readonly string[];
  /** The end of what it has written; an entry of a list has none. */
  readonly output?: string;
}

/**
 * An entry of the active list, or the record of a run that the list shows: what it says of an exit code or an end is not
 * true yet.
 */
export function withoutEnd(record: ObservedRun): ObservedRun {
  const { returnCode: _code, endedAt: _end, ...rest } = record;
  return rest;
}

const OBSERVED = ["status", "returnCode", "createdAt", "startedAt", "endedAt"] as const;

/**
 * Outputs with what a record says; what it leaves out stays as recorded. Only known keys are taken. Where it says nothing
 * new, as in nearly every tick of a wait, they are the same object.
 */
export function withRecord(outputs: ExecutionOutputs, record: ObservedRun): ExecutionOutputs {
  const isNews = (key: (typeof OBSERVED)[number]): boolean => record[key] !== undefined && record[key] !== outputs[key];
  if (outputs.missing === undefined && !OBSERVED.some(isNews)) return outputs;
  const { missing: _found, ...rest } = outputs;
  const startedAt = record.startedAt ?? outputs.startedAt;
  const endedAt = record.endedAt ?? outputs.endedAt;
  return compact<ExecutionOutputs>({
    ...rest,
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

/** Outputs with a status seen without a record. */
export function withStatus(outputs: ExecutionOutputs, status: string): ExecutionOutputs {
  const { missing: _found, ...rest } = outputs;
  return { ...rest, status };
}
