import type { ExecutionSummary } from "../../lyceum/port";
import { nameOf } from "../../schema";
import type { ProcessCache } from "../account/process-cache";
import { isUnrecorded, reportUnrecorded } from "../account/unrecorded-runs";
import type { DiffEffects } from "../process/context";
import { keysIn, resourcePart, type StartKey, scopePart } from "../run/identity/start-key";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";

/**
 * Reports active runs of a resource that this process does not know, and whose attempt number is at least that of the
 * recorded run. An interrupted command or a restored checkpoint can leave such runs. Runs with a lower number are not
 * reported, because they may belong to a resource that was renamed.
 */
export async function reportLaterRuns(
  context: DiffEffects,
  { scope, urn }: Pick<ExecutionInputs, "scope" | "urn">,
  recorded: ExecutionOutputs,
): Promise<void> {
  const { processCache, drift } = context;
  const resource = { scope: scopePart(scope), resource: resourcePart(scope, urn) };
  // The request for the list of active runs takes at most 2 s, because the engine shows the rows of other resources
  // only after this diff.
  const runs = (await drift.activeRuns()).filter((run) =>
    isLater(run, { resource, recorded, processCache: { isKnown: processCache.isKnownById } }),
  );
  reportUnrecorded(context, runs);
}

/**
 * Whether to report a run: it is an unknown run of the resource, and its attempt number is at least that of the
 * recorded run.
 */
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
 * Warns of a run that two resources of the program have. The usual cause is that a resource was renamed and a new
 * resource got the old name.
 */
export function warnOfOtherHolder(
  { processCache, report }: DiffEffects,
  urn: string,
  { executionId: id }: ExecutionOutputs,
): void {
  const other = processCache.otherHolder(urn, id);
  if (other === undefined || !processCache.firstTime(`two hold ${id}`)) return;
  const what = `Run ${id} is recorded by two resources, this one and ${nameOf(other)}.`;
  report.warning(
    `${what} A replacement or a targeted destroy of one may end the run for both: set \`onDelete\` to "leave" on one of them, or remove one from the program.`,
  );
}
