import { classifyStatus, isEndKind } from "../../provider/lyceum/answers/status";
import type { LyceumPort } from "../../provider/lyceum/port";
import { listExecutions } from "../../provider/reads";
import { MOST_LISTED, nameOf, readUrn } from "../../provider/schema";
import { UsageError } from "../command";
import type { RunService } from "./service";

/** What is needed to find a run that a person names. */
type RunNames = Pick<RunService, "client" | "recorded"> & Partial<Pick<RunService, "stopped">>;

/** Which run to take if several have the label: "newest", or "only active" if exactly one is active. */
export type OfLabel = "newest" | "only active";

/** A run, and a note on how it was found, if that is not obvious. */
export interface FoundRun {
  readonly executionId: string;
  readonly note?: string;
}

/** The form of ids from the service and the emulator. */
const ID = /^(local-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Finds the run that a person names. The name is the id of the run, the URN of its resource (the stack knows the id),
 * or the label. The label is the resource's name, unless `fileName` is set. If several runs have the label, the newest
 * active run is taken. If none is active, the newest run is taken.
 */
export async function findRun(
  named: string,
  { client, recorded, stopped }: RunNames,
  { stack, ofLabel = "newest" }: { readonly stack?: string | undefined; readonly ofLabel?: OfLabel } = {},
): Promise<FoundRun> {
  if (ID.test(named)) return { executionId: named };
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
  if (executionId === "") {
    const remedy = "`pulumi up` looks for it again, and `npx pulumi-lyceum list` shows the active runs";
    throw new UsageError(`The start of ${named} got no clear answer, so its run is not known: ${remedy}`);
  }
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
    // An abort uses the history only to show that a run has ended.
    const { executions } = await (ofLabel === "only active" && state === "all"
      ? asked.catch(() => ({ executions: [] }))
      : asked);
    // The active list does not have the run, and the history does not show its end. So its state is unknown, and it may
    // belong to another person.
    const isMeant = (run: { readonly status: string }) =>
      state === "active" || ofLabel === "newest" || isEndKind(classifyStatus(run.status));
    const runs = executions.filter((run) => run.label === label && isMeant(run));
    const [newest] = runs.sort((a, b) => (b.createdAt ?? "").localeCompare(a.createdAt ?? ""));
    if (newest === undefined) continue;
    if (ofLabel === "only active" && state === "active" && runs.length > 1) {
      // The label may be the name of a resource, and other stacks and other people may use the same name.
      const list = runs
        .map((run) => `${run.executionId} (created ${run.createdAt ?? "at an unknown time"})`)
        .join(", ");
      throw new UsageError(`Several active runs are called ${label}: name one by its id. They are ${list}`);
    }
    const others = runs.length === 1 ? "" : `, the newest of ${runs.length} runs with this label`;
    return { executionId: newest.executionId, note: `Run ${newest.executionId} (${newest.status})${others}` };
  }
  return undefined;
}
