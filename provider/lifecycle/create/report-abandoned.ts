import { hasEnded } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import { messageOf } from "../errors/errors";
import type { LifecycleContext } from "../process/context";
import type { ExecutionOutputs } from "../state/record";
import { isDuplicate } from "./duplicate-runs";
import { parseFileName, scopePart } from "./start-key";

/**
 * Reports active runs of a stack whose secret is about to go: without it the provider cannot find them any more. They are aborted
 * by nobody: an interrupted command may have left them, but another stack may manage them by now.
 */
export async function reportRunsOfScope(context: LifecycleContext, secret: string): Promise<void> {
  const scope = scopePart(secret);
  await report(context, "", (run, isKnown) => {
    const key = parseFileName(run.fileName);
    return key?.scope === scope && key.onDelete !== "leave" && !hasEnded(run) && !isKnown(run.executionId);
  });
}

/** The same for a resource that was deleted, where the deletion of the secret is reported to nobody. */
export async function reportRunsOfResource(context: LifecycleContext, recorded: ExecutionOutputs): Promise<void> {
  const { executionId, resourceUrn } = recorded;
  const key = parseFileName(recorded.startKey);
  if (key === undefined) return;
  await report(context, resourceUrn, (run, isKnown) => isDuplicate(run, { executionId, key }, isKnown));
}

/** A service that cannot be asked keeps nobody from destroying a stack. */
async function report(
  { activeRuns, processCache, report }: LifecycleContext,
  urn: string,
  isAbandoned: (run: ExecutionSummary, isKnown: (id: string) => boolean) => boolean,
): Promise<void> {
  try {
    for (const run of await activeRuns()) {
      const { executionId: id, status } = run;
      if (!isAbandoned(run, (known) => processCache.isKnown(known))) continue;
      report.warning(
        urn,
        `Run ${id} (${status}) is still active, but it was not in the state: an interrupted command may have left it, or another stack manages it now. The provider does not abort it, and Lyceum ends it by its \`timeout\`. To end it now, run \`npx pulumi-lyceum abort ${id}\`.`,
      );
    }
  } catch (error) {
    const what = "could not check whether an interrupted command left an active run";
    report.notice(urn, `The provider ${what} (${messageOf(error)}).`);
  }
}
