import { hasEnded } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import type { EngineLiveness } from "../process/ports";
import type { ExecutionOutputs } from "../state/record";
import type { Deadline } from "../wait/deadline";
import { type EndingContext, endAbandonedRuns } from "./abandoned-runs";
import { parseFileName, type StartKey, sameResource } from "./start-key";

/**
 * Whether a run that a list shows beside the resource's own is a second start of it: one that a service held, or did not
 * show, until this command had looked. A later attempt is a later command's; of earlier ones, some were to be left alone.
 */
export function isDuplicate(
  run: ExecutionSummary,
  own: { readonly executionId: string; readonly key: StartKey },
  isKnown: (executionId: string) => boolean,
): boolean {
  const key = parseFileName(run.fileName);
  if (key === undefined || !sameResource(key, own.key) || key.attempt > own.key.attempt) return false;
  if (run.executionId === own.executionId || isKnown(run.executionId) || hasEnded(run)) return false;
  return key.onDelete !== "leave" || key.attempt === own.key.attempt;
}

interface WatchContext extends EndingContext {
  readonly engine: EngineLiveness;
}

/** Watches over the runs of one provider process: a second start of one of them is aborted in the tick that first shows it. */
export type DuplicateWatch = ReturnType<typeof createDuplicateWatch>;

interface Guarded {
  readonly urn: string;
  readonly executionId: string;
  readonly key: StartKey;
  readonly end: (duplicate: ExecutionSummary) => Promise<void>;
}

/** Makes the watch of one provider process. It listens to the lists that waits read, and asks for none itself. */
export function createDuplicateWatch() {
  const guardedBy = new Map<string, Guarded>();
  const ending = new Map<string, Promise<void>[]>();
  let listens = false;

  function listen({ processCache, poller }: WatchContext): void {
    if (listens) return;
    listens = true;
    poller.onList((active) => {
      for (const run of active) {
        const key = parseFileName(run.fileName);
        const own = key === undefined ? undefined : guardedBy.get(resourceOf(key));
        if (own === undefined || !isDuplicate(run, own, (id) => processCache.isKnown(id))) continue;
        processCache.handled(run.executionId);
        ending.set(own.urn, [...(ending.get(own.urn) ?? []), own.end(run)]);
      }
    });
  }

  return {
    /**
     * Watches over a resource's run until the process ends: a start that a service holds may come when the wait for this run is
     * long over and the command still waits for others. Nobody has recorded it, so nobody else would end it.
     */
    guard(context: WatchContext, urn: string, own: ExecutionOutputs, deadline: Deadline): void {
      const key = parseFileName(own.startKey);
      // A run that was adopted by its id was not started for the resource.
      if (key === undefined) return;
      const { gracefulTimeout } = own;
      const end = async (duplicate: ExecutionSummary): Promise<void> => {
        // To the provider of a killed command, the next command's run looks like one: it must not touch it.
        if (await context.engine.isAlive())
          await endAbandonedRuns(context, urn, [duplicate], { deadline, gracefulTimeout });
      };
      guardedBy.set(resourceOf(key), { urn, executionId: own.executionId, key, end });
      listen(context);
    },
    /** Resolves once every second start of the resource that has been seen is ended and reported. */
    settled: async (urn: string): Promise<void> => {
      await Promise.all(ending.get(urn) ?? []);
    },
  };
}

function resourceOf({ scope, resource }: StartKey): string {
  return `${scope}${resource}`;
}
