import { endAbandonedRuns } from "./abandoned-runs";
import type { LifecycleContext } from "./context";
import { isDuplicate } from "./duplicate-runs";
import { messageOf } from "./errors";
import type { ExecutionOutputs } from "./outputs";
import { parseFileName } from "./start-key";

/**
 * What is done after a resource was deleted, where no scope is deleted later (`end-of-scope.ts`): ends active runs that carry its
 * start key and that no state contains. An interrupted command left them, and nobody else would find them. Not for a resource that
 * was renamed: its key is that of its first name, which another resource may have by now.
 *
 * A service that cannot be asked keeps nobody from destroying a stack: a notice appears instead.
 */
export async function endResource(context: LifecycleContext, recorded: ExecutionOutputs): Promise<void> {
  const { executionId, resourceUrn } = recorded;
  const key = parseFileName(recorded.startKey);
  if (key === undefined) return;
  try {
    const { executions } = await context.sharedList();
    // A later attempt is that of a replacement, which another row of the state may hold.
    const abandonedRuns = executions.filter((run) =>
      isDuplicate(run, { executionId, key }, (id) => context.processCache.isKnown(id)),
    );
    await endAbandonedRuns(context, resourceUrn, abandonedRuns, { gracefulTimeout: recorded.gracefulTimeout });
  } catch (error) {
    context.report.notice(
      resourceUrn,
      `The provider could not check whether an interrupted command left an active run of this resource (${messageOf(error)}).`,
    );
  }
}
