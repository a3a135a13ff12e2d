import { hasEnded } from "../lyceum/status";
import { endAbandonedRuns } from "./abandoned-runs";
import type { LifecycleContext } from "./context";
import { messageOf } from "./errors";
import { parseFileName, type StartKey, scopePart } from "./start-key";

function isAbandonedRun(key: StartKey | undefined, scope: string): boolean {
  return key !== undefined && key.scope === scope && key.onDelete !== "leave";
}

/**
 * What is done before a scope goes: without its secret nobody could find the stack's runs any more, so one look ends those
 * that an interrupted command left behind. A run that was to be left alone says so in its key.
 * A service that cannot be asked keeps nobody from destroying a stack: it is reported instead.
 */
export async function endScope(context: LifecycleContext, secret: string): Promise<void> {
  const part = scopePart(secret);
  try {
    const { executions } = await context.client.listActive();
    const abandonedRuns = executions.filter(
      (run) =>
        isAbandonedRun(parseFileName(run.fileName), part) &&
        !hasEnded(run) &&
        !context.processCache.isKnown(run.executionId),
    );
    await endAbandonedRuns(context, "", abandonedRuns);
  } catch (error) {
    context.report.notice(
      "",
      `The provider could not check whether an interrupted command left an active run of this stack (${messageOf(error)}).`,
    );
  }
}
