import { classifyStatus, isEndKind } from "../../provider/lyceum/answers/status";
import type { LyceumPort } from "../../provider/lyceum/port";
import { listExecutions } from "../../provider/reads";
import { MOST_LISTED, nameOf, readUrn } from "../../provider/schema";
import { isRunId } from "../../provider/schema/run-id";
import { UsageError } from "../command";
import { unclearStart } from "./run-options";
import type { RunService } from "./service";

/** The objects that are needed to find a run. */
type RunNames = Pick<RunService, "client" | "recorded"> & Partial<Pick<RunService, "stopped">>;

/**
 * How to choose among several runs with the same label:
 *
 * | | several active runs | one active run | no active run |
 * |---|---|---|---|
 * | `newest` | the newest active run | the active run | the newest run |
 * | `only active` | an error | the active run | the newest run that has ended |
 */
export type OfLabel = "newest" | "only active";

/** A run, and a note if it is not obvious how the run was found. */
export interface FoundRun {
  readonly executionId: string;
  readonly note?: string;
  /** The note, if one of several runs with the same label was chosen. A command must print it. */
  readonly choice?: string;
}

/**
 * Finds a run by its id, by its label, or by the URN of its resource. With `stack`, finds a run by the name of its
 * resource in place of its label. A name or URN of a resource is looked up in the state of the stack.
 */
export async function findRun(
  named: string,
  { client, recorded, stopped }: RunNames,
  { stack, ofLabel = "newest" }: { readonly stack?: string | undefined; readonly ofLabel?: OfLabel } = {},
): Promise<FoundRun> {
  if (isRunId(named)) return { executionId: named };
  const stackOfUrn = readUrn(named)?.stack;
  if (stack !== undefined || stackOfUrn !== undefined) return inStack(named, stack ?? stackOfUrn ?? "", recorded);
  const byLabel = await withLabel(named, client, ofLabel, stopped);
  if (byLabel !== undefined) return byLabel;
  const found = await client.record(named, { signal: stopped });
  if (found.kind === "found") return { executionId: named };
  throw new UsageError(`No run has the id or the label ${named}. \`npx pulumi-lyceum list --all\` lists runs`);
}

function inStack(named: string, stack: string, recorded: RunNames["recorded"]): FoundRun {
  const runs = recorded(stack);
  const matching = [...runs].filter(([urn]) => urn === named || readUrn(urn)?.name === named);
  const [only, ...others] = matching;
  if (only === undefined) {
    const known = [...runs.keys()].map(nameOf);
    throw new UsageError(
      `The stack ${stack} has no run of ${named}${known.length === 0 ? "" : `; it has ${known.join(", ")}`}`,
    );
  }
  if (others.length > 0) throw new UsageError(`Several resources of ${stack} are called ${named}: name one by its URN`);
  const [, executionId] = only;
  if (executionId === "") throw new UsageError(unclearStart(named));
  return { executionId };
}

async function withLabel(
  label: string,
  client: LyceumPort,
  ofLabel: OfLabel,
  stopped: AbortSignal | undefined,
): Promise<FoundRun | undefined> {
  for (const state of ["active", "all"] as const) {
    const asked = listExecutions(client, { state, fileName: label, limit: MOST_LISTED }, stopped);
    // For an abort, the history only tells whether a run with this label has already ended. So it does not matter if
    // the history cannot be read.
    const { executions } = await (ofLabel === "only active" && state === "all"
      ? asked.catch(() => ({ executions: [] }))
      : asked);
    // The history is read only if no active run has the label. With "only active", a run of the history counts only if
    // it has ended: another status is out of date, because the run is not active.
    const isMeant = (run: { readonly status: string }) =>
      state === "active" || ofLabel === "newest" || isEndKind(classifyStatus(run.status));
    const runs = executions.filter((run) => run.label === label && isMeant(run));
    const [newest] = runs.sort((a, b) => (b.createdAt ?? "").localeCompare(a.createdAt ?? ""));
    if (newest === undefined) continue;
    if (ofLabel === "only active" && state === "active" && runs.length > 1) {
      // Other stacks and other people may use the same label, so the user must choose a run.
      const list = runs
        .map((run) => `${run.executionId} (created ${run.createdAt ?? "at an unknown time"})`)
        .join(", ");
      throw new UsageError(`Several active runs are called ${label}: name one by its id. They are ${list}`);
    }
    const { executionId, status } = newest;
    const note = `Run ${executionId} (${status})`;
    if (runs.length === 1) return { executionId, note };
    const among = `${runs.length} ${state === "active" ? "active runs" : "runs"} with this label`;
    const choice = `${note}, the newest of ${among}`;
    return { executionId, note: choice, choice };
  }
  return undefined;
}
