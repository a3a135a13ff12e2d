import { hasEnded, kindOf } from "../../lyceum/answers/status";
import { reasonOf } from "../../lyceum/catalogue";
import { LyceumError } from "../../lyceum/errors";
import type { ExecutionSummary } from "../../lyceum/port";
import { ago, messageOf } from "../run/errors";
import { keysIn, labelIn, parseFileName, type StartKey, sameResource, scopePart } from "../run/identity/start-key";
import type { ExecutionOutputs } from "../run/record/record";
import type { Clock, RowReport } from "../watch/ports";
import type { ProcessCache } from "./process-cache";

interface Reporting {
  readonly processCache: ProcessCache;
  readonly report: RowReport;
  readonly clock: Pick<Clock, "now">;
}

interface Listing extends Reporting {
  readonly activeRuns: () => Promise<readonly ExecutionSummary[]>;
}

/**
 * Prints a warning for each active run in `runs`, at most once in a command. Does not end the runs. An interrupted
 * command may have left them, but they may also belong to a renamed, moved, copied or retained resource.
 */
export function reportUnrecorded({ processCache, report, clock }: Reporting, runs: readonly ExecutionSummary[]): void {
  for (const run of [...runs].sort(byLabel)) {
    const line = unrecordedRun(run, clock.now());
    if (processCache.firstTime(`unrecorded ${run.executionId}`)) report.warning(line);
  }
}

/** Sorts by label, then by age, because lists have no fixed order. */
function byLabel(left: ExecutionSummary, right: ExecutionSummary): number {
  const order = (run: ExecutionSummary) => `${labelIn(run.fileName)} ${run.createdAt} ${run.executionId}`;
  return order(left) < order(right) ? -1 : 1;
}

/**
 * Returns a warning about a run that belongs to none of the resources that were read so far. The warning has the facts
 * with which a person can identify the run.
 */
export function unrecordedRun(run: ExecutionSummary, now: number): string {
  const { executionId: id, status, fileName, createdAt, hardwareProfile } = run;
  const label = labelIn(fileName);
  const age = now - Date.parse(createdAt ?? "");
  const facts = [
    status,
    ...(label === "" ? [] : [`label "${label}"`]),
    ...(Number.isNaN(age) ? [] : [`created ${ago(age)}`]),
    ...(hardwareProfile === undefined ? [] : [`machine ${hardwareProfile}`]),
  ];
  return `Run ${id} (${facts.join(", ")}) is active, and none of the resources that this command has read has this run. An interrupted command may have left it, or another resource, stack or copy of the state has it. The provider does not abort it, and Lyceum ends it by its \`timeout\`. To end it now, run \`npx pulumi-lyceum abort ${id}\`.`;
}

/** Whether to report a run: it is active, unknown to this process, not being stopped, and has `onDelete: "abort"`. */
export function isUnrecorded(
  run: ExecutionSummary,
  key: StartKey,
  processCache: Pick<ProcessCache, "isKnown">,
): boolean {
  if (hasEnded(run) || kindOf(run) === "stopping" || key.onDelete === "leave") return false;
  return !processCache.isKnown(run);
}

/**
 * Reports active runs of a stack before the stack's secret is deleted. Without the secret, the provider can no longer
 * find these runs.
 */
export async function reportRunsOfScope(context: Listing, secret: string): Promise<void> {
  const scope = scopePart(secret);
  await reportListed(context, (key) => key.scope === scope);
}

/**
 * Reports active runs of a resource that the plugin deletes. The plugin cannot use `reportRunsOfScope`, because Pulumi
 * does not call it when the stack's secret is deleted.
 */
export async function reportRunsOfResource(context: Listing, recorded: ExecutionOutputs): Promise<void> {
  const own = parseFileName(recorded.startKey);
  if (own !== undefined) await reportListed(context, (key) => sameResource(key, own));
}

/**
 * Reports the active runs whose start key `isMeant` accepts. If the list cannot be read, only prints a notice, once in
 * a command.
 */
async function reportListed(context: Listing, isMeant: (key: StartKey) => boolean): Promise<void> {
  try {
    const cache = { isKnown: context.processCache.isKnownById };
    const found = (await context.activeRuns()).filter((run) =>
      keysIn(run.fileName).some((key) => isMeant(key) && isUnrecorded(run, key, cache)),
    );
    reportUnrecorded(context, found);
  } catch (error) {
    // A command with several deletions may fail several times to list the active runs. It reports only the first
    // failure.
    if (!context.processCache.firstTime("active runs not checked")) return;
    const what = "could not check whether an interrupted command left an active run";
    const why = LyceumError.isInstance(error) ? reasonOf(error) : messageOf(error);
    context.report.notice(`The provider ${what} (${why}). \`npx pulumi-lyceum list\` shows the active runs.`);
  }
}
