import { API_LIMITS } from "../schema";
import type { CostBound, PricedRun, Prices } from "./policy";

/**
 * A resource that a command would delete, replace or rename, or a provider that a command would change. A provider
 * counts, because its settings select the account and the region of its resources.
 */
export interface EndedResource {
  readonly name: string;
  readonly type: string;
  readonly action: "deleted" | "replaced" | "renamed" | "changed";
  /** The new name and type, if the resource is renamed. */
  readonly becomes?: { readonly name: string; readonly type: string };
}

/** The upload of a resource with stored files. */
export interface PlannedBytes {
  readonly name: string;
  /** The number of bytes that the resource would send to the bucket. Undefined if the files are unknown at preview. */
  readonly bytes: number | undefined;
}

/** The effects of a command, for the rules about a whole command. */
export interface PolicyPlan {
  /** The runs that would start. */
  readonly starts: readonly PricedRun[];
  readonly prices: Prices;
  /**
   * The number of the account's active runs, without the runs that the command ends. Undefined if the runs could not be
   * read.
   */
  readonly active: number | undefined;
  /** The highest possible cost of the account's runs of this month. Undefined if the runs could not be read. */
  readonly month: CostBound | undefined;
  readonly ends: readonly EndedResource[];
  readonly uploads: readonly PlannedBytes[];
  /** Whether the command would change a resource, or the record of a resource in the state. */
  readonly changes: boolean;
  /** The time at which the command runs, in milliseconds since the epoch. */
  readonly now: number;
}

/** A run of an account, with the facts from which `costOfRuns` computes its highest possible cost. */
export interface AccountRun {
  readonly executionId: string;
  readonly hardwareProfile?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
}

/** The longest time that a run can take, in seconds. */
const LONGEST_RUN = API_LIMITS.timeout + API_LIMITS.gracefulTimeout;

/**
 * The highest possible cost of an account's runs. A run costs its duration, multiplied by the price of its machine. The
 * longest possible duration counts for a run that has not ended, and for a run whose start or end Lyceum does not
 * report.
 */
export function costOfRuns(runs: readonly AccountRun[], prices: Prices): CostBound {
  let amount = 0;
  const unknown: string[] = [];
  for (const { executionId, hardwareProfile, startedAt, endedAt } of runs) {
    const price = prices?.get(hardwareProfile ?? "");
    const seconds = (Date.parse(endedAt ?? "") - Date.parse(startedAt ?? "")) / 1000;
    if (price === undefined) unknown.push(executionId);
    else amount += (price * (seconds >= 0 ? Math.min(seconds, LONGEST_RUN) : LONGEST_RUN)) / 3600;
  }
  return { amount, unknown };
}

/** The first moment of the month that contains a time, in UTC. */
export function startOfMonth(now: number): Date {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}
