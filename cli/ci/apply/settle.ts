import type { UnrecordedRun, UnrecordedRuns } from "../../../provider/reads";
import { nameOf } from "../../../provider/schema";
import { abortCommand } from "../report/report";
import type { ReportedMessage } from "../stack/events";
import { identityOf } from "../stack/identity";
import { type UnsettledOperation, unsettledIn, unsettledOperation } from "../stack/pending";
import type { EngineResult, Session } from "../stack/session";
import { type RecordedStack, recordedStack } from "../stack/state";
import type { FindUnrecorded } from "../stack/unrecorded";

/** What a command knows at its end about the pending operations of an earlier, killed command. */
export interface Settled {
  /** The state of the stack. If the pending operations were cleared, the state does not have them. */
  readonly recorded: RecordedStack;
  /** The operations that are still pending after a successful command. Empty if the command did not succeed. */
  readonly pending: readonly UnsettledOperation[];
  /**
   * The runs that interrupted creates have started, and that the state does not have. For each create: its active runs,
   * or its newest ended run if no run is active.
   */
  readonly unrecorded: readonly UnrecordedRun[];
  /** Messages about interrupted creates that left no active run. */
  readonly notes: readonly ReportedMessage[];
}

/**
 * Clears the pending operations that a killed command left in the state, because Pulumi warns about them at each
 * command. Does so only after a successful command: the state then has the runs of all executions of the program. If
 * one operation must stay (`unsettledIn`), all of them stay.
 *
 * Reports the active runs that interrupted creates have started and that the state does not have. Does not end these
 * runs, because they may belong to another stack that was imported from a copy of the state.
 *
 * @param clear refreshes the stack's own resource, which clears pending creates; returns whether the refresh succeeded
 */
export async function settled(
  { surface, open, stop }: Pick<Session, "surface" | "open" | "stop">,
  { kind }: Pick<EngineResult, "kind">,
  { find, clear }: { readonly find: FindUnrecorded; readonly clear: (root: string | undefined) => Promise<boolean> },
): Promise<Settled> {
  const recorded = await recordedStack(open.stack);
  const { pending, executions } = recorded;
  const nothing = { recorded, unrecorded: [], notes: [] };
  if (pending.length === 0 || kind !== "succeeded" || stop.signal.aborted)
    return { ...nothing, pending: kind === "succeeded" ? pending.map((one) => unsettledOperation(one)) : [] };
  const identity = identityOf(recorded);
  const lookup = await lookUp(find, identity);
  const unrecorded = lookup.runs.filter(({ urn }) => urn !== undefined);
  const left = unsettledIn(pending, executions, lookup);
  // An execution that is in the state gets no message, because it may have adopted the run of its interrupted create.
  const gone = identity.interrupted.filter((urn) => !executions.some((one) => one.urn === urn));
  const notes = lookup.gap === undefined ? notesOf(gone, unrecorded) : [];
  for (const run of unrecorded) if (run.isActive) surface.printError(unrecordedLine(run));
  for (const { name, text } of notes) surface.printError(`${name}: ${text}`);
  if (left.length > 0) return { recorded, pending: left, unrecorded, notes };
  surface.printError(`${pending.length} pending operation(s) of a killed command are cleared by a refresh.`);
  if (!(await clear(recorded.root))) surface.printError("The refresh failed: the pending operations stay.");
  const after = await recordedStack(open.stack);
  return { recorded: after, pending: after.pending.map((one) => unsettledOperation(one)), unrecorded, notes };
}

async function lookUp(find: FindUnrecorded, stack: Parameters<FindUnrecorded>[0]): Promise<UnrecordedRuns> {
  if (stack.interrupted.length === 0) return { runs: [], gap: undefined };
  if (stack.scopes.length === 0) return { runs: [], gap: "The state does not have the secret of the start keys." };
  return find(stack);
}

function notesOf(interrupted: readonly string[], unrecorded: readonly UnrecordedRun[]): readonly ReportedMessage[] {
  return interrupted.flatMap((urn) => {
    const [run] = unrecorded.filter((one) => one.urn === urn);
    if (run?.isActive === true) return [];
    const latest = run === undefined ? "" : ` Its latest run ${run.executionId} has ended (${run.status}).`;
    const text = `A killed command was creating it, and no run of it is active.${latest}`;
    return [{ severity: "warning" as const, name: nameOf(urn), text }];
  });
}

/** Returns a line about an active run that an interrupted create left. */
function unrecordedLine({ executionId, status, label, urn }: UnrecordedRun): string {
  const name = urn === undefined ? label : nameOf(urn);
  return `${name}: a killed command has started run ${executionId} (${status}), and the state does not have it. No resource of the program ends it, so it continues until its timeout. To end it, run \`${abortCommand(executionId)}\`.`;
}
