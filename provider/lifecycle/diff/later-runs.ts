import type { ExecutionSummary } from "../../lyceum/port";
import { nameOf } from "../../schema";
import type { ProcessCache } from "../account/process-cache";
import { isUnrecorded, reportUnrecorded } from "../account/unrecorded-runs";
import type { DiffEffects } from "../process/context";
import type { Runtime } from "../process/engine";
import { keysIn, resourcePart, type StartKey, scopePart } from "../run/identity/start-key";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";

/**
 * Reports active runs of a resource that were started later than the recorded run, or for the same attempt. Such runs
 * exist if a checkpoint was restored, or if an interrupted command could not record its start. Does not report earlier
 * runs, because a renamed resource may have them. The start of a new run reports earlier runs.
 */
export async function reportLaterRuns(
  context: DiffEffects,
  { scope, urn }: Pick<ExecutionInputs, "scope" | "urn">,
  recorded: ExecutionOutputs,
): Promise<void> {
  const { processCache, drift } = context;
  const resource = { scope: scopePart(scope), resource: resourcePart(scope, urn) };
  // The diff does not wait for the list, because the engine shows the other rows only after the answer of this diff.
  const runs = (await drift.activeRuns()).filter((run) =>
    isLater(run, { resource, recorded, processCache: { isKnown: processCache.isKnownById } }),
  );
  reportUnrecorded(context, urn, runs);
}

/** Whether an active run was started later than the recorded run, or again for the same attempt. */
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

/**
 * Warns of a run that two resources of the program have. This happens if a resource was renamed and a new resource has
 * the old name.
 */
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
