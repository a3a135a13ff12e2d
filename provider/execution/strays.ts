import type { ExecutionSummary } from "../lyceum/port";
import type { LifecycleContext } from "./context";
import type { Deadline } from "./deadline";
import { endLeftovers } from "./leftovers";
import type { ExecutionOutputs } from "./outputs";
import { parseFileName, type StartKey, sameResource } from "./start-key";
import { isEnd } from "./status";

/**
 * Whether a run that a list shows beside the resource's own is a second start of it: one that a service held, or did not
 * show, until this command had looked. A later attempt is a later command's; of earlier ones, some were to be left alone.
 */
export function isStray(
  run: ExecutionSummary,
  own: { readonly executionId: string; readonly key: StartKey },
  isKnown: (executionId: string) => boolean,
): boolean {
  const key = parseFileName(run.fileName);
  if (key === undefined || !sameResource(key, own.key) || key.attempt > own.key.attempt) return false;
  if (run.executionId === own.executionId || isKnown(run.executionId) || isEnd(run.status)) return false;
  return key.onDelete !== "leave" || key.attempt === own.key.attempt;
}

/**
 * Waits, and meanwhile aborts every second start of the same resource in the tick that first shows it. Nobody has
 * recorded it, so nobody else would end it. What became of each is said before the wait's result is handed on.
 */
export async function endingStrays<T>(
  context: LifecycleContext,
  urn: string,
  own: ExecutionOutputs,
  deadline: Deadline,
  wait: () => Promise<T>,
): Promise<T> {
  const { engine, memory, poller } = context;
  const key = parseFileName(own.startKey);
  if (key === undefined) return wait();
  const ending: Promise<void>[] = [];
  const end = async (stray: ExecutionSummary): Promise<void> => {
    // To the provider of a killed command, the next command's run looks like one: it must not touch it.
    if (await engine.isAlive()) await endLeftovers(context, urn, [stray], deadline);
  };
  const stop = poller.onList((active) => {
    for (const run of active) {
      if (!isStray(run, { executionId: own.executionId, key }, (id) => memory.isKnown(id))) continue;
      memory.deleted(run.executionId);
      ending.push(end(run));
    }
  });
  try {
    return await wait();
  } finally {
    stop();
    await Promise.all(ending);
  }
}
