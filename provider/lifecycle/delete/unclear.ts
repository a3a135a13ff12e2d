import type { LifecycleContext } from "../process/context";
import { mustHaveEnded } from "../run/ended";
import { type ExecutionOutputs, withRecord } from "../run/record";
import { isSameTarget } from "../run/target";
import { bounded } from "../watch/deadline";
import { findUnclear } from "../watch/find-unclear";

/** Two calls, with the client's own tries. Seconds. */
const LOOK_SECONDS = 30;

/**
 * The record of a start that got no clear answer, with its run where the service shows it, for the deletion. Where it does not, a warning
 * names the start, and nothing is left to abort: Lyceum ends its run by its time limits.
 *
 * @param isNamed whether the program names a run by its id in place of the start
 */
export async function withRunOfStart(
  { client, clock, report }: LifecycleContext,
  recorded: ExecutionOutputs,
  isNamed: boolean,
): Promise<ExecutionOutputs | undefined> {
  const look = (signal: AbortSignal) =>
    findUnclear(
      { listActive: () => client.listActive({ signal }), history: (page) => client.history(page, { signal }) },
      recorded,
    );
  // At another base URL nothing is looked for, and nothing aborted.
  const run = isSameTarget(recorded, client) ? await bounded(clock, LOOK_SECONDS, look) : undefined;
  if (run !== undefined) return withRecord({ ...recorded, executionId: run.executionId }, run);
  if (!mustHaveEnded(recorded, clock.now())) {
    const limit = recorded.timeout === undefined ? "its `timeout`" : `its \`timeout\` of ${recorded.timeout} s`;
    report.warning(
      recorded.resourceUrn,
      `The start with the key ${recorded.startKey} got no clear answer, and Lyceum shows no run with this key. ${isNamed ? "If there is one, and `existingExecutionId` names another run," : "If there is one,"} Lyceum ends it by ${limit}. \`npx pulumi-lyceum list\` shows the active runs, and \`npx pulumi-lyceum abort ID\` ends one.`,
    );
  }
  return undefined;
}
