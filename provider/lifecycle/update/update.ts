import { hasEnded } from "../../lyceum/answers/status";
import { compact } from "../../lyceum/json";
import { isUnclear } from "../../schema/run-id";
import { observeInLists } from "../account/in-lists";
import { warnOfGaps } from "../account/lookup-gaps";
import { type CreateRequest, createExecution } from "../create/create";
import { withArtifactsOf } from "../end/artifacts";
import { type FailureDetails, failureDetails, failureReason, readEndRecord, withEndRecord } from "../end/failure";
import { happened, keptWarning, shortfallOf } from "../end/messages";
import { withResultsOf } from "../end/run-results";
import { parseInputs } from "../inputs/parse-inputs";
import type { DiffEffects, RunEffects, StartEffects, WaitEffects } from "../process/context";
import type { Runtime } from "../process/engine";
import { keepSecretsOut } from "../process/known-secrets";
import { withRunErrors } from "../process/resource-error";
import { waitClocks } from "../run/clocks";
import { InitFailure, lifecycleErrors } from "../run/errors";
import type { ExecutionInputs, RecordedState, ResourceInputs } from "../run/inputs";
import { POLICY_ARGUMENT, policyFor } from "../run/policy";
import { withoutOtherArtifacts } from "../run/record/artifacts";
import { isOver } from "../run/record/ended";
import { jobWithServices } from "../run/record/job-end";
import { type ExecutionOutputs, parseOutputs, recordedForEnd, withObserved } from "../run/record/record";
import { isSameTarget, sameTarget } from "../run/target";
import { waitOutcome } from "../run/wait-outcome";
import { waitUntilReached } from "../wait/wait";
import {
  bounded,
  CALL_SECONDS,
  type Cancellation,
  type Deadline,
  deadlineIn,
  unlessCancelled,
} from "../watch/deadline";
import { observe } from "../watch/observe";

/** The request of an update. */
export interface UpdateRequest extends CreateRequest {
  readonly state: RecordedState;
}

/**
 * Updates a resource. Starts a run only if the recorded start got no clear answer, and the provider does not find its
 * run.
 *
 * @throws {InitFailure} with the known outputs, if the run is not in its desired state
 * @throws {ResourceError} for other errors; the state does not change
 */
export async function update(runtime: Runtime, { state, news, signal }: UpdateRequest): Promise<ExecutionOutputs> {
  const recorded = parseOutputs(state);
  const mayStart = isUnclear(recorded);
  runtime.processCache.sawRecorded(recorded);
  const inputs = parseInputs(news);
  // If the same command deletes another resource with the same run, the deletion then does not end the run. The diff
  // could not note the id of a run whose start got no clear answer.
  const note = ({ executionId, onDelete }: ExecutionOutputs) =>
    runtime.processCache.holds(inputs.urn, { executionId, since: "kept", onDelete });
  try {
    const outputs = await withRunErrors(runtime, inputs, signal, {
      complete: async () => {
        if (mayStart) await runtime.projects.prepare(news);
        return withSecretsOfFiles(runtime, news, inputs);
      },
      mayStart,
      work: (context, complete, cancel) => updateExecution(context, recorded, complete, cancel),
    });
    note(outputs);
    return outputs;
  } catch (error) {
    if (error instanceof InitFailure) note((error as InitFailure<ExecutionOutputs>).outputs);
    throw error;
  }
}

/**
 * Updates a recorded execution. Records `onDelete`, `deleteRecord` and `artifacts` in the state.
 *
 * | the recorded run | the update |
 * |---|---|
 * | its start got no clear answer | does the same as `createExecution` |
 * | is lost | reads the run again, unless `whenLost` keeps it |
 * | has ended without its desired state | applies `whenFailed` or `whenAborted` |
 * | has not reached `waitFor` yet | resumes the wait |
 */
export async function updateExecution(
  context: StartEffects & RunEffects & DiffEffects,
  recorded: ExecutionOutputs,
  inputs: ExecutionInputs,
  cancel?: Cancellation,
): Promise<ExecutionOutputs> {
  if (isUnclear(recorded)) return createExecution(context, inputs, cancel, recorded);
  const outputs = withoutOtherArtifacts(
    compact<ExecutionOutputs>({
      ...recorded,
      ...recordedForEnd(inputs, recorded.filesPrefix),
      // The argument `job` can change without a new run, so each update records `job`. No job is recorded for an
      // adopted run.
      ...(recorded.adopted === true ? {} : { job: jobWithServices(inputs) }),
    }),
  );
  const unlessStopped = <T>(work: () => Promise<T>): Promise<T> =>
    unlessCancelled(cancel?.signal, work, () => {
      const { message } = lifecycleErrors.cancelledUpdate(outputs.executionId, outputs.status);
      return new InitFailure(outputs.executionId, outputs, [message]);
    });
  // A lost run is read again below, because Lyceum may show it again.
  const isLost = shortfallOf(recorded, inputs) === "lost";
  if (isOver(recorded) && !isLost)
    return unlessStopped(() => settleShortfall(context, outputs, inputs, outputs.endUnread ? "news" : "recorded"));
  // With `onDelete: "leave"`, a run that belongs to another base URL is not read, because that URL may be unreachable.
  // The update still records "leave", so that a later destroy can remove the resource.
  if (inputs.onDelete === "leave" && !isSameTarget(recorded, context.client)) {
    context.report.warning(leftElsewhere(outputs));
    return outputs;
  }
  sameTarget(recorded, context.client);
  keepSecretsOut(context, inputs);
  if (isLost && policyFor("lost", inputs) === "keep") {
    return unlessStopped(() => settleShortfall(context, outputs, inputs));
  }
  if (!isLost && waitOutcome(inputs.waitFor, recorded) === "reached") {
    // The run has already reached `waitFor`, so the update does not wait. The diff has already read the run, so
    // `current` usually sends no request.
    const { outputs: current, gaps } = await unlessStopped(() => context.drift.current(outputs));
    warnOfGaps(context, gaps);
    return hasEnded(current) ? unlessStopped(() => settleShortfall(context, current, inputs, "news")) : current;
  }
  const clocks = waitClocks(
    {
      ...inputs,
      timeout: recorded.timeout ?? inputs.timeout,
      gracefulTimeout: recorded.gracefulTimeout ?? inputs.gracefulTimeout,
    },
    inputs.customTimeouts.update,
  );
  const deadline = deadlineIn(context.clock, clocks.total, cancel);
  const current = isLost ? await unlessStopped(() => observeAgain(context, outputs, deadline)) : outputs;
  return waitUntilReached(context, inputs, current, clocks, deadline);
}

/**
 * Handles a run that has ended or is lost. If the run reached its desired state, returns the outputs with results and
 * artifacts. Otherwise, `whenFailed`, `whenAborted` or `whenLost` decides between an error and a warning.
 */
async function settleShortfall(
  context: RunEffects,
  recorded: ExecutionOutputs,
  inputs: ExecutionInputs,
  end: "recorded" | "news" = "recorded",
): Promise<ExecutionOutputs> {
  const before = shortfallOf(recorded, inputs);
  // Reads the record in two cases: no earlier command has handled the end ("news"), or the update fails, because its
  // error shows the exit code and the reason. If the policy keeps a failed run, an earlier command has already warned
  // about it. A lost run, which has no record, gets here only if its policy is "keep".
  const isExplained = end === "news" || (before !== undefined && policyFor(before, inputs) !== "keep");
  if (isExplained) keepSecretsOut(context, inputs);
  const read = isExplained ? await readEndRecord(context, recorded.executionId) : undefined;
  const { record } = read ?? {};
  const outputs = read === undefined ? recorded : withEndRecord(recorded, read);
  const shortfall = shortfallOf(outputs, inputs);
  if (shortfall === undefined) {
    const current = record === undefined ? outputs : withResultsOf(context, outputs, record);
    return withArtifactsOf(context, current, end === "news");
  }
  const details = isExplained ? await failureDetails(context, inputs, outputs, record) : NO_DETAILS;
  const policy = policyFor(shortfall, inputs);
  // The diff knew of no failure, but the record shows one, for example by the exit code. Only a replacement starts a
  // new run, so this update fails, and the next `up` starts the new run.
  if (policy === "rerun" && outputs.adopted !== true) {
    throw new InitFailure(outputs.executionId, outputs, [await failureReason(context, inputs, outputs, record)]);
  }
  // A run that was adopted by its id is never replaced by a new run, even if the policy is "rerun".
  const isStoppedByAdoption = policy === "rerun";
  if (isStoppedByAdoption || policy === "fail") {
    const { executionId: id } = outputs;
    const what = happened(shortfall, outputs, details.cause);
    const { message } = isStoppedByAdoption
      ? lifecycleErrors.adoptedRunFailed(id, what)
      : lifecycleErrors.stopped(id, what, POLICY_ARGUMENT[shortfall]);
    throw new InitFailure(id, outputs, [`${message}${details.lines}`]);
  }
  const warning = `${keptWarning(shortfall, outputs, inputs, details.cause)}${details.lines}`;
  if (context.processCache.firstTime(warning)) context.report.warning(warning);
  return outputs;
}

const NO_DETAILS: FailureDetails = { cause: "", lines: "" };

async function observeAgain(
  { client, clock }: WaitEffects,
  outputs: ExecutionOutputs,
  deadline: Deadline,
): Promise<ExecutionOutputs> {
  const observeRun = (signal: AbortSignal) => observe({ client, clock }, outputs.executionId, { signal });
  const observed = await bounded(clock, CALL_SECONDS, observeRun, deadline);
  if (observed.kind === "unreachable" || observed.kind === "refused") throw observed.error;
  if (observed.kind === "status") return withObserved(outputs, observed);
  const listed = await observeInLists(client, outputs.executionId);
  if (listed.kind === "status") return withObserved(outputs, listed);
  const { message } = lifecycleErrors.lost(outputs.executionId, outputs.status);
  throw new InitFailure(outputs.executionId, outputs, [message]);
}

function leftElsewhere({ executionId, baseUrl }: ExecutionOutputs): string {
  const where = baseUrl === "" ? "" : ` at ${baseUrl}`;
  return `Run ${executionId} is recorded${where}, but the configuration sets another base URL or organization, so it was not read. Because onDelete is "leave", a destroy does not abort it.`;
}

/**
 * Adds the secrets of the project's files to the inputs. An update may show the output of a failed run, and the output
 * may contain these secrets. So if the files cannot be read, no output is shown.
 */
function withSecretsOfFiles({ projects }: Runtime, news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs {
  try {
    return projects.complete(news, inputs);
  } catch {
    return { ...inputs, failureOutput: false };
  }
}
