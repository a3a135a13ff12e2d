import type { ExecutionSummary } from "../../lyceum/port";
import { nameOf } from "../../schema";
import type { DiffEffects } from "../process/context";
import type { Runtime } from "../process/engine";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import { keysIn, resourcePart, type StartKey, scopePart } from "../run/start-key";
import type { ProcessCache } from "../watch/process-cache";
import { isUnrecorded, reportUnrecorded } from "../watch/unrecorded-runs";

/**
 * Reports active runs that were started for a resource after the recorded one, or for the same attempt. They exist
 * where a checkpoint was restored, or an interrupted command could not record its start. An earlier run is reported
 * when a new one is started; until then a row that was renamed may hold it.
 */
export async function reportLaterRuns(
  context: DiffEffects,
  { scope, urn }: Pick<ExecutionInputs, "scope" | "urn">,
  recorded: ExecutionOutputs,
): Promise<void> {
  const { processCache, drift } = context;
  const resource = { scope: scopePart(scope), resource: resourcePart(scope, urn) };
  // Waits for nothing: the engine shows the other rows only after this answer.
  const runs = (await drift.activeRuns()).filter((run) =>
    isLater(run, { resource, recorded, processCache: { isKnown: processCache.isKnownById } }),
  );
  reportUnrecorded(context, urn, runs);
}

/** Whether an active run is a later start of a resource than the recorded one, or another start of the same attempt. */
export function isLater(
  run: ExecutionSummary,
  {
    resource,
    recorded,
    processCache,
  }: {
    readonly resource: Pick<StartKey, "scope" | "resource">;
    readonly recorded: Pick<ExecutionOutputs, "attempt">;
    readonly processCache: Pick<ProcessCache, "isKnown">;
  },
): boolean {
  return keysIn(run.fileName).some(
    (key) =>
      key.scope === resource.scope &&
      key.resource === resource.resource &&
      key.attempt >= recorded.attempt &&
      isUnrecorded(run, key, processCache),
  );
}

/** Warns of a run that two resources of the program hold: a row was renamed, and its old name is used again. */
export function warnOfOtherHolder(
  { processCache, engine }: Runtime,
  urn: string,
  { executionId: id }: ExecutionOutputs,
): void {
  const other = processCache.otherHolder(urn, id);
  if (other === undefined || !processCache.firstTime(`two hold ${id}`)) return;
  const what = `Run ${id} is recorded by two resources, this one and ${nameOf(other)}.`;
  engine.report.warning(
    urn,
    `${what} A replacement or a targeted destroy of one may end the run for both: set \`onDelete\` to "leave" on one of them, or remove one from the program.`,
  );
}
