import { hasEnded } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import { isPlaceholder, isUnclear } from "../../schema/run-id";
import { findUnclear } from "../account/find-unclear";
import { observeInLists } from "../account/in-lists";
import { listRefusals, readGaps, warnOfGaps } from "../account/lookup-gaps";
import { withShownArtifacts } from "../end/artifacts";
import { readEndRecord, withEndRecord } from "../end/failure";
import { withResultsOf } from "../end/run-results";
import type { ReadEffects, RunReads } from "../process/context";
import type { Runtime, StateRequest } from "../process/engine";
import { knownSecrets } from "../process/known-secrets";
import { withResourceErrors } from "../process/resource-error";
import { LIFECYCLE_CATALOGUE } from "../run/error-catalogue";
import { lifecycleErrors } from "../run/errors";
import { isOver, withMissing } from "../run/record/ended";
import { type ExecutionOutputs, type ObservedRun, parseOutputs, withObserved, withRecord } from "../run/record/record";
import { sameTarget } from "../run/target";
import { manyMayListen, unlessCancelled } from "../watch/deadline";
import { explainedByJob } from "../watch/job-end";
import { activeOn, confirmed, observe } from "../watch/observe";
import { refreshLines } from "./refresh-lines";

/**
 * Reads the current state of a resource's run at Lyceum. For a `get`, the engine passes only the id of the run.
 *
 * @throws {ResourceError}
 */
export async function read(runtime: Runtime, { state, signal }: StateRequest): Promise<ExecutionOutputs> {
  const recorded = parseOutputs(state);
  const secrets = knownSecrets(runtime.processCache, recorded);
  return withResourceErrors(async () => {
    runtime.processCache.sawRecorded(recorded);
    runtime.processCache.refreshing(recorded.resourceUrn, true);
    const context = runtime.context(recorded.resourceUrn);
    secrets.keepOut(context);
    // For a `get`, the state has no outputs.
    const get = state.properties.executionId === undefined;
    const outputs = await unlessCancelled(
      manyMayListen(signal),
      () =>
        get
          ? readExecution(context, { ...recorded, baseUrl: context.client.baseUrl })
          : refreshExecution(context, recorded)
              .then((shown) => explainedEnd(context, recorded, shown))
              .then((shown) => withShownArtifacts(context, shown)),
      () => lifecycleErrors.cancelledRead(state.id),
    );
    if (get && (outputs.missing !== undefined || isPlaceholder(state.id))) throw lifecycleErrors.unknownId(state.id);
    const lines = get ? [] : refreshLines(recorded, outputs);
    for (const line of lines) context.report.notice(secrets.redact(line));
    if (lines.length > 0) await runtime.engine.flush();
    return outputs;
  }, secrets.redact);
}

/**
 * Adds the end of the job to `shown` (see `explainedByJob`). If the output of the run cannot be read now, returns
 * `recorded` without the new end, so that the next command reads the output again. But if the recorded run is already
 * over, returns `shown`.
 */
async function explainedEnd(
  context: ReadEffects,
  recorded: ExecutionOutputs,
  shown: ExecutionOutputs,
): Promise<ExecutionOutputs> {
  const end = await explainedByJob(context, shown);
  if (end.kind === "known") return end.outputs;
  return isOver(recorded) ? shown : recorded;
}

/**
 * Reads a recorded execution for a refresh. An active run is read from the list of all active runs. A run whose end is
 * recorded is not read, unless an earlier command could not read its record. So only runs that have ended since the
 * last command need requests of their own.
 */
export async function refreshExecution(context: ReadEffects, recorded: ExecutionOutputs): Promise<ExecutionOutputs> {
  if (isOver(recorded)) return recorded.endUnread === true ? readUnreadEnd(context, recorded) : recorded;
  sameTarget(recorded, context.client);
  if (isUnclear(recorded)) return withFoundRun(recorded, (await findUnclear(context.refresh, recorded)).run);
  const page = await context.refresh.listActive().catch((): undefined => undefined);
  const active = activeOn(page, recorded.executionId);
  return active === undefined ? readExecution(context, recorded, context.refresh) : withRecord(recorded, active);
}

/**
 * Returns the recorded outputs of a start that got no clear answer. If a list shows the run of this start, adds the
 * facts about the run.
 */
function withFoundRun(recorded: ExecutionOutputs, run: ExecutionSummary | undefined): ExecutionOutputs {
  return run === undefined ? recorded : withRecord({ ...recorded, executionId: run.executionId }, run);
}

/**
 * Reads the record of an ended run again, because an earlier command could not read it. If the read fails, returns the
 * outputs unchanged.
 */
async function readUnreadEnd(context: ReadEffects, recorded: ExecutionOutputs): Promise<ExecutionOutputs> {
  try {
    sameTarget(recorded, context.client);
  } catch {
    // At another base URL, or without a credential, a refresh of an ended run still succeeds and changes nothing.
    return recorded;
  }
  const read = await readEndRecord(context, recorded.executionId);
  const outputs = withEndRecord(recorded, read);
  return read.record === undefined ? outputs : withResultsOf(context, outputs, read.record);
}

/**
 * Reads a recorded execution. A read never removes the execution from the state. If only a status word shows the end,
 * the run is read twice. In the table, *the lists* are the list of active runs and the history.
 *
 * | what Lyceum answers                                    | recorded |
 * |--------------------------------------------------------|----------|
 * | a status                                               | the status, unless an end is recorded |
 * | 404, an end is recorded                                | `forgotten` |
 * | 404 or a refusal, and one of the lists shows the run   | what this list shows |
 * | 404 or a refusal, and Lyceum refuses both lists        | nothing changes, one warning |
 * | 404, the lists do not show the run, and its time limits have passed | `forgotten` |
 * | 404, the lists do not show the run, and it may be active | `lost` |
 * | a refusal, and the lists do not show the run           | nothing changes, one warning |
 * | nothing clear                                          | nothing changes, an error |
 */
export async function readExecution(
  context: ReadEffects,
  recorded: ExecutionOutputs,
  reads: RunReads = context.client,
): Promise<ExecutionOutputs> {
  sameTarget(recorded, context.client);
  const observed = await observe({ client: reads, clock: context.clock }, recorded.executionId);
  switch (observed.kind) {
    case "status":
      return settled(context, recorded, observed);
    case "unreachable":
      throw observed.error;
    case "missing":
      return hasEnded(recorded) ? { ...recorded, missing: "forgotten" } : readInLists(context, reads, recorded, "lost");
    case "refused":
    case "unlisted":
      return readInLists(context, reads, recorded, "unchanged");
  }
}

function settled(
  context: ReadEffects,
  recorded: ExecutionOutputs,
  observed: { readonly status: string; readonly record?: ObservedRun },
): ExecutionOutputs {
  const current = withObserved(recorded, observed);
  return observed.record === undefined ? current : withResultsOf(context, current, observed.record);
}

async function readInLists(
  context: ReadEffects,
  reads: RunReads,
  recorded: ExecutionOutputs,
  absent: "lost" | "unchanged",
): Promise<ExecutionOutputs> {
  // If only a status word shows that the run has ended, `confirmed` reads the active list and the history a second
  // time. The second read uses the client, because `reads` may return a shared, older answer.
  let next: RunReads = reads;
  const found = await confirmed(context.clock, () => {
    const now = next;
    next = context.client;
    return observeInLists(now, recorded.executionId);
  });
  switch (found.kind) {
    case "status":
      return settled(context, recorded, found);
    case "unreachable":
      throw found.error;
    case "refused":
      if (context.processCache.firstTime("every call is refused")) {
        const refusals = listRefusals([...readGaps(context.refused), ...found.gaps]);
        const what = `LYC3015: The service refuses every call that shows a run (${refusals}). The recorded outputs of the runs stay unchanged.`;
        context.report.warning(`${what} ${LIFECYCLE_CATALOGUE.LYC3015.remedy}`);
      }
      return recorded;
    case "absent":
      if (absent === "unchanged") {
        warnOfGaps(context, readGaps(context.refused));
        return recorded;
      }
      return withMissing(recorded, context.clock.now());
  }
}
