import type { Redactor } from "../../secrets";
import { LyceumError } from "../errors";
import type { ExecutionPage, ExecutionSummary, MachineType } from "../port";
import { asInteger, compact, field, firstOf } from "./json";
import { executionIdOf, fileNameOf, hardwareProfileOf, NO_STATUS, statusOf, timesOf } from "./run-fields";

/** Keys under which a service may put a list; a list inside `data` is found as well. */
const LIST_KEYS = ["executions", "items", "data", "results", "workloads"] as const;
/** Counts of all entries, by the names that services use. */
const TOTAL_KEYS = ["total_executions", "total", "total_count", "totalCount"] as const;
/** Pointers to a further page, of which nobody documents one. */
const NEXT_KEYS = ["next", "next_page", "next_cursor", "next_token", "nextPage", "nextCursor", "nextToken"] as const;

/**
 * The active runs, or one page of the history, in any shape that is known of lists. Undefined for a shape that is not known,
 * which includes a list of which not a single entry has an id.
 */
export function parseExecutionPage(body: unknown): ExecutionPage | undefined {
  const list = listIn(body, LIST_KEYS);
  if (list === undefined) return undefined;
  const executions = list.map(parseSummary).filter((entry) => entry !== undefined);
  const unreadable = list.length - executions.length;
  if (executions.length === 0 && unreadable > 0) return undefined;
  const holder = Array.isArray(body) ? undefined : body;
  return compact<ExecutionPage>({
    executions,
    unreadable,
    total: totalOf(holder, list.length) ?? totalOf(field(holder, "data"), list.length),
    hasMore: hasMore(holder) || hasMore(field(holder, "data")),
  });
}

/** A list: the body itself, or under one of the keys, also one level further inside `data`. */
export function listIn(body: unknown, keys: readonly string[]): readonly unknown[] | undefined {
  const asList = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
  return asList(body) ?? firstOf(body, keys, asList) ?? firstOf(field(body, "data"), keys, asList);
}

function parseSummary(entry: unknown): ExecutionSummary | undefined {
  const executionId = executionIdOf(entry);
  if (executionId === undefined) return undefined;
  // Written out: an object that begins with a spread gets a hidden class of its own from V8, and each tick reads every entry.
  const { createdAt, startedAt, endedAt } = timesOf(entry);
  return compact<ExecutionSummary>({
    createdAt,
    startedAt,
    endedAt,
    executionId,
    status: statusOf(entry) ?? NO_STATUS,
    fileName: fileNameOf(entry),
    hardwareProfile: hardwareProfileOf(entry),
  });
}

/** `count` is often the number of entries on the page: it counts only where it is more. */
function totalOf(holder: unknown, entries: number): number | undefined {
  const count = asInteger(field(holder, "count"));
  return firstOf(holder, TOTAL_KEYS, asInteger) ?? (count !== undefined && count > entries ? count : undefined);
}

function hasMore(holder: unknown): boolean {
  if (field(holder, "has_more") === true || field(holder, "hasMore") === true) return true;
  return NEXT_KEYS.some((key) => {
    const next = field(holder, key);
    return (typeof next === "string" && next !== "") || (typeof next === "number" && next > 0);
  });
}

const NAMED_AT_MOST = 20;

/** One list from the two calls that know machines: what is available, with prices where they are known. */
export function mergeMachines(
  available: readonly MachineType[] | undefined,
  priced: readonly MachineType[] | undefined,
): readonly MachineType[] {
  if (available === undefined || available.length === 0) return priced ?? [];
  const prices = new Map((priced ?? []).map((machine) => [machine.hardwareProfile, machine]));
  return available.map((machine) => prices.get(machine.hardwareProfile) ?? machine);
}

/** A refused machine's error with the account's machines in it; unchanged when they could not be had. */
export function withMachines(error: LyceumError, machines: readonly MachineType[], redact: Redactor): LyceumError {
  if (machines.length === 0) return error;
  const names = machines
    .slice(0, NAMED_AT_MOST)
    .map(({ hardwareProfile, pricePerHour }) =>
      pricePerHour === undefined ? hardwareProfile : `${hardwareProfile} (${pricePerHour} per hour)`,
    );
  const more = machines.length > names.length ? ` and ${machines.length - names.length} more` : "";
  const message = `${error.message} Machines of this account: ${names.join(", ")}${more}.`;
  return new LyceumError({ ...error, message, redact });
}
