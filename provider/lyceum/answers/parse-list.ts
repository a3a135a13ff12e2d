import type { Redactor } from "../../secrets";
import { LyceumError } from "../errors";
import { asInteger, compact, field, firstOf } from "../json";
import type { ExecutionPage, ExecutionSummary, MachineType } from "../port";
import { executionIdOf, fileNameOf, hardwareProfileOf, NO_STATUS, statusOf, timesOf } from "./run-fields";

/** Keys under which an answer may contain a list. The list may also be inside `data`, under one of these keys. */
const LIST_KEYS = ["executions", "items", "data", "results", "workloads"] as const;
/** Keys under which an answer may contain the number of all list entries. */
const TOTAL_KEYS = ["total_executions", "total", "total_count", "totalCount"] as const;
/** Keys under which an answer may refer to a further page. The API documents none of these keys. */
const NEXT_KEYS = ["next", "next_page", "next_cursor", "next_token", "nextPage", "nextCursor", "nextToken"] as const;

/**
 * Reads the active runs, or one page of the history. Returns undefined if the answer has an unknown structure, for
 * example if its list has entries but none of them has an id.
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

/** Finds the list in an answer: the body itself, or the value of one of the keys in the body or in its `data`. */
export function listIn(body: unknown, keys: readonly string[]): readonly unknown[] | undefined {
  const asList = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
  return asList(body) ?? firstOf(body, keys, asList) ?? firstOf(field(body, "data"), keys, asList);
}

function parseSummary(entry: unknown): ExecutionSummary | undefined {
  const executionId = executionIdOf(entry);
  if (executionId === undefined) return undefined;
  // The properties are written one by one, because an object that begins with a spread is slower in V8. Each poll reads
  // every entry.
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

/**
 * Returns the number of entries in the whole list. `count` in the answer may be only the number of entries on the page
 * (`entries`). So `count` is used only if it is larger than `entries`.
 */
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

/** Merges the answers of the two calls that list machines, and adds the prices that are known. */
export function mergeMachines(
  available: readonly MachineType[] | undefined,
  priced: readonly MachineType[] | undefined,
): readonly MachineType[] {
  if (available === undefined || available.length === 0) return priced ?? [];
  const prices = new Map((priced ?? []).map((machine) => [machine.hardwareProfile, machine]));
  return available.map((machine) => prices.get(machine.hardwareProfile) ?? machine);
}

/**
 * Adds the account's machines to the error of a refused machine. If no machines could be read, returns the error
 * unchanged.
 */
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
