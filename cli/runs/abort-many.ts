import { printable } from "../../provider/display/printable";
import { hasEnded } from "../../provider/lyceum/answers/status";
import { listExecutions } from "../../provider/reads";
import { MOST_LISTED, nameOf, type ObjectOf } from "../../provider/schema";
import { EXIT_CODES, type Surface, UsageError } from "../command";
import { count } from "../layout";
import { shownJson } from "../reports/json";
import { questions } from "../terminal";
import { type Ending, endRun } from "./end-run";
import { unclearStart } from "./run-options";
import type { RunService } from "./service";

/** The runs to abort, and the options of the abort. */
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

/**
 * Aborts all active runs of a stack or of the account. Without `isSure`, shows the runs and asks the user first. A
 * failed abort does not stop the other aborts.
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
  const own = stack === undefined ? undefined : recorded(stack);
  const { executions, complete } = await listExecutions(client, { state: "active", limit: MOST_LISTED }, stopped);
  const { runs, gaps } =
    own === undefined ? { runs: executions, gaps: [] } : await runsOfStack(own, executions, service);
  const of = stack === undefined ? "the account" : `the stack ${stack}`;
  if (!complete)
    surface.printError("The list of active runs is incomplete. Runs that it does not show are not aborted.");
  for (const gap of gaps) surface.printError(printable(gap));
  const isWhole = complete && gaps.length === 0;
  if (runs.length === 0) {
    if (json) surface.print(shownJson({ runs: [] }));
    else surface.printError(gaps.length === 0 ? `No active runs of ${of}.` : "Nothing was aborted.");
    return isWhole ? EXIT_CODES.clean : EXIT_CODES.errors;
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
  return isDone && isWhole ? EXIT_CODES.clean : EXIT_CODES.errors;
}

type ListedRun = Pick<ObjectOf<"ExecutionSummary">, "executionId" | "status" | "label">;

/**
 * Returns the runs of a stack that may be active. `runs`: the runs to abort. `gaps`: a sentence for each resource whose
 * run may be active, but cannot be found.
 *
 * | the run in the state | result |
 * |---|---|
 * | on the list of active runs | in `runs` |
 * | not on the list, its record shows no end | in `runs`, because the list may be late |
 * | not on the list, its record shows its end | left out |
 * | not known to the account, cannot be read, or without an id | a sentence in `gaps` |
 */
async function runsOfStack(
  recorded: ReadonlyMap<string, string>,
  active: readonly ListedRun[],
  { client, stopped }: RunService,
): Promise<{ readonly runs: readonly ListedRun[]; readonly gaps: readonly string[] }> {
  const own = new Set(recorded.values());
  const listed = active.filter(({ executionId }) => own.has(executionId));
  const isListed = new Set(listed.map(({ executionId }) => executionId));
  const others = [...recorded].filter(([, executionId]) => !isListed.has(executionId));
  const found = await inGroups(others, stopped, async ([urn, executionId]): Promise<ListedRun | string | undefined> => {
    const name = nameOf(urn);
    if (executionId === "") return `${unclearStart(name)}.`;
    try {
      const record = await client.record(executionId, { signal: stopped });
      if (record.kind === "missing") return unknownToAccount(executionId, name);
      return hasEnded(record.value) ? undefined : { executionId, status: record.value.status, label: name };
    } catch (error) {
      return `Run ${executionId} of ${name} cannot be read, so it may be active: ${String(error)}`;
    }
  });
  // A stop makes reads fail. So after a stop, this function throws, and does not return these failures as gaps.
  stopped.throwIfAborted();
  const runs = found.filter((one) => one !== undefined && typeof one !== "string");
  return { runs: [...listed, ...runs], gaps: found.filter((one) => typeof one === "string") };
}

function unknownToAccount(executionId: string, name: string): string {
  return `Run ${executionId} of ${name} is not known to this API key's account (404), so it may be active in another account. This command reads the environment and the login file, and not the settings of the stack. If the stack sets lyceum:apiKey or lyceum:baseUrl, set LYCEUM_API_KEY and LYCEUM_BASE_URL to the same values.`;
}

async function isConfirmed(
  runs: readonly ListedRun[],
  of: string,
  surface: Surface,
  ask: ((question: string) => Promise<string>) | undefined,
): Promise<boolean> {
  const what = count(runs.length, "active run");
  if (ask === undefined)
    throw new UsageError(`--yes is missing: it aborts ${what} of ${of}, and nobody can be asked here`);
  // The question goes to the standard output, so the list of runs goes there too.
  for (const { executionId, status, label } of runs) surface.print(printable(`  ${executionId}  ${status}  ${label}`));
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
