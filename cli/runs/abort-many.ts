import { printable } from "../../provider/display/printable";
import { listExecutions } from "../../provider/reads";
import { MOST_LISTED, type ObjectOf } from "../../provider/schema";
import { EXIT_CODES, type Surface, UsageError } from "../command";
import { count } from "../layout";
import { shownJson } from "../reports/json";
import { questions } from "../terminal";
import { type Ending, endRun } from "./end-run";
import type { RunService } from "./service";

/** Which runs to abort, and how. */
export interface ManyRuns {
  /** The stack whose runs are aborted. Undefined for all active runs of the account. */
  readonly stack: string | undefined;
  /** Whether to abort without a question. */
  readonly isSure: boolean;
  readonly waits: boolean;
  readonly json: boolean;
}

/** The number of runs that are aborted at the same time. */
const AT_ONCE = 10;
/** The number of runs that the question shows. */
const MOST_SHOWN = 10;

/**
 * Aborts all active runs of a stack or of the account, after a question that shows them. A failed abort does not stop
 * the others.
 *
 * @param ask asks a question on the terminal; undefined without a terminal
 */
export async function abortMany(
  service: RunService,
  surface: Surface,
  { stack, isSure, waits, json }: ManyRuns,
  ask: ((question: string) => Promise<string>) | undefined = questions(),
): Promise<number> {
  const { client, stopped, recorded } = service;
  const own = stack === undefined ? undefined : new Set(recorded(stack).values());
  const { executions, complete } = await listExecutions(client, { state: "active", limit: MOST_LISTED }, stopped);
  const runs = own === undefined ? executions : executions.filter(({ executionId }) => own.has(executionId));
  const of = stack === undefined ? "the account" : `the stack ${stack}`;
  if (!complete)
    surface.printError("The list of active runs is incomplete. Runs that it does not show are not aborted.");
  if (runs.length === 0) {
    if (json) surface.print(shownJson({ runs: [] }));
    else surface.printError(`No active runs of ${of}.`);
    return complete ? EXIT_CODES.clean : EXIT_CODES.errors;
  }
  if (!isSure && !(await isConfirmed(runs, of, surface, ask))) {
    surface.printError("Nothing was aborted.");
    return EXIT_CODES.errors;
  }
  const endings = await inGroups(runs, stopped, async ({ executionId }) => {
    const ending = await endRun(service, executionId, { waits, note: () => undefined }).catch(String);
    if (!json) surface.print(printable(lineOf(executionId, ending)));
    return { executionId, ending };
  });
  if (json) {
    const shown = endings.map(({ executionId, ending }) =>
      typeof ending === "string"
        ? { executionId, error: ending }
        : { executionId, status: ending.status, returnCode: ending.returnCode, ended: ending.ended },
    );
    surface.print(shownJson({ runs: shown }));
  }
  const isDone =
    endings.length === runs.length &&
    endings.every(({ ending }) => typeof ending !== "string" && (ending.ended || (!waits && ending.isAccepted)));
  return isDone && complete ? EXIT_CODES.clean : EXIT_CODES.errors;
}

async function isConfirmed(
  runs: readonly ObjectOf<"ExecutionSummary">[],
  of: string,
  surface: Surface,
  ask: ((question: string) => Promise<string>) | undefined,
): Promise<boolean> {
  const what = count(runs.length, "active run");
  if (ask === undefined)
    throw new UsageError(`--yes is missing: it aborts ${what} of ${of}, and nobody can be asked here`);
  for (const { executionId, status, label } of runs.slice(0, MOST_SHOWN))
    surface.printError(printable(`  ${executionId}  ${status}  ${label}`));
  if (runs.length > MOST_SHOWN) surface.printError(`  and ${runs.length - MOST_SHOWN} more`);
  const answer = await ask(`Abort ${what} of ${of}? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

function lineOf(executionId: string, ending: Ending | string): string {
  if (typeof ending === "string") return `Run ${executionId}: not aborted. ${ending}`;
  return `Run ${executionId}: ${ending.status}${ending.ended ? "" : ", it has not ended yet"}`;
}

async function inGroups<Item, Result>(
  items: readonly Item[],
  stopped: AbortSignal,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length && !stopped.aborted; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  return results;
}
