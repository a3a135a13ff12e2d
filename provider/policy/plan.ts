import { API_LIMITS } from "../schema";
import type { CostBound, PricedRun, Prices } from "./policy";

/** A resource that a command would delete or replace. */
export interface EndedResource {
  readonly name: string;
  readonly type: string;
  readonly action: "deleted" | "replaced" | "renamed";
  /** The new name and type of a renamed resource. */
  readonly becomes?: { readonly name: string; readonly type: string };
}

/** The effects of a command, for the rules about the whole command. */
export interface PolicyPlan {
  /** The runs that would start. */
  readonly starts: readonly PricedRun[];
  readonly prices: Prices;
  /** The number of other runs of the account that stay active; undefined if nobody could read them. */
  readonly active: number | undefined;
  /** The cost of the account's runs of this month; undefined if nobody could read them. */
  readonly month: CostBound | undefined;
  readonly ends: readonly EndedResource[];
  /** Whether the command would change anything. */
  readonly changes: boolean;
  /** The time of the command, in milliseconds. */
  readonly now: number;
}

/** The facts of a run that show what it has cost. */
export interface AccountRun {
  readonly executionId: string;
  readonly hardwareProfile?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
}

/** A run takes no longer than this, in seconds. */
const LONGEST_RUN = API_LIMITS.timeout + API_LIMITS.gracefulTimeout;

/**
 * The highest cost of runs of an account: the time of each run times the price of its machine. A run that has not
 * ended, or whose times the service does not report, counts as the longest possible run.
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

/** The first moment of the month of a time, in UTC. */
export function startOfMonth(now: number): Date {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}
