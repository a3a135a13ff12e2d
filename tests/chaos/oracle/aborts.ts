import type { LedgerRun } from "../../harness/emulator/control";
import { markerIn, markerOf } from "../plan/desired";
import type { LoggedRequest } from "../service";
import { type Evidence, isKept, isTargeted, originsOf, type Trace, wasActive } from "./evidence";
import { nameOf } from "./ledger";
import { holds, type Row } from "./rows";

/** A run that a command ended correctly although another resource also had this run. */
export interface SharedEnd {
  readonly executionId: string;
  /**
   * How the other resource got the run. `copied`: the backend of the resource is a copy. `adopted`: the resource
   * adopted the run by its start key.
   */
  readonly why: "copied" | "adopted";
}

/** The result of the check of aborts. */
export interface AbortCheck {
  readonly violations: readonly string[];
  readonly sharedEnds: readonly SharedEnd[];
}

/**
 * Checks each abort of an active run. An abort is correct if the states, and what a person did, show that its sender
 * had the run.
 *
 * | the run at the time of the abort                                        | result |
 * |-------------------------------------------------------------------------|--------|
 * | a resource of the command's stack had the run, and the command removes the resource | correct |
 * | the same, but the command knows another resource of its stack that keeps the run | a violation |
 * | the same, but another resource or stack, unknown to the command, has the run | correct, and counted |
 * | the run's resource is retained                                                 | a violation: a person keeps the run |
 * | the command's own process started the run, and no state keeps the run             | correct |
 * | anything else: the run belongs to another resource or stack, to a person, or to nobody | a violation: the command should only report the run |
 */
export function checkAborts(evidence: Evidence): AbortCheck {
  const origins = originsOf(evidence);
  const violations = new Set<string>();
  const sharedEnds = new Map<string, SharedEnd>();
  for (const command of evidence.commands) {
    for (const request of command.requests) {
      const run = abortedBy(request, evidence.ledger);
      if (run === undefined || !wasActive(run, Date.parse(request.at))) continue;
      const verdict = checkAbort(run, command, origins.get(run)?.command === command, evidence);
      if (verdict === undefined) continue;
      if (typeof verdict === "string") violations.add(verdict);
      else sharedEnds.set(run.executionId, verdict);
    }
  }
  return { violations: [...violations], sharedEnds: [...sharedEnds.values()] };
}

function abortedBy({ operation, path }: LoggedRequest, ledger: readonly LedgerRun[]): LedgerRun | undefined {
  if (operation !== "abortWorkload") return undefined;
  const id = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
  return ledger.find(({ executionId }) => executionId === id);
}

/** Checks one abort. Returns a violation, a correct end that is counted, or nothing. */
function checkAbort(
  run: LedgerRun,
  command: Trace,
  startedIt: boolean,
  evidence: Evidence,
): string | SharedEnd | undefined {
  const holders = [...command.before, ...command.after].filter((row) => holds(row, run));
  const own = holders.filter(({ stack }) => stack === command.stack);
  const goes = (row: Row): boolean => !row.isRetained && isToGo(row, run, command);
  const what = `${command.command} of ${command.stack} aborted ${nameOf(run)}`;
  if (!own.some(goes)) {
    if (own.some(({ isRetained }) => isRetained)) return `${what}, which its retained row keeps`;
    if (startedIt && own.length === 0) return undefined;
    return `${what}, ${whoseElse(run, holders, evidence)}`;
  }
  const rest = holders.filter((row) => row.stack !== command.stack || !goes(row));
  const seen = rest.find(({ stack }) => stack === command.stack);
  if (seen !== undefined && command.targets === undefined) return `${what}, which row ${nameOfRow(seen)} has as well`;
  if (rest.length === 0) return undefined;
  const isCopied = rest.some((row) => isOfCopy(row) !== isOfCopy(command));
  return { executionId: run.executionId, why: isCopied ? "copied" : "adopted" };
}

/**
 * Returns true if a command must end the run of a resource, because the resource is deleted, or is replaced for another
 * text.
 */
function isToGo(row: Row, run: LedgerRun, command: Trace): boolean {
  if (!isTargeted(command, row.name)) return false;
  if (command.command === "destroy" || row.isGoing) return true;
  const desired = command.declared.find(({ name }) => name === row.name);
  return desired === undefined || markerOf(desired) !== markerIn(run.composeFileCode);
}

function whoseElse(run: LedgerRun, holders: readonly Row[], evidence: Evidence): string {
  if (holders[0] !== undefined) return `which row ${nameOfRow(holders[0])} has`;
  return isKept(evidence, run) ? "which a person keeps" : "which no state has: it is to be reported";
}

function isOfCopy({ stack }: Pick<Row, "stack">): boolean {
  return stack.endsWith(" of the copy");
}

function nameOfRow({ name, stack }: Row): string {
  return `${name} of ${stack}`;
}
