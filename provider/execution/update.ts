import { compact } from "../lyceum/json";
import { hasEnded } from "../lyceum/status";
import { type Cancellation, unlessCancelled } from "./cancel";
import { waitClocks } from "./clocks";
import type { LifecycleContext } from "./context";
import { bounded, CALL_SECONDS, type Deadline, deadlineIn } from "./deadline";
import { isOver } from "./ended";
import { InitFailure, lifecycleErrors } from "./errors";
import { type FailureDetails, failureDetails, readEndRecord } from "./failure";
import { warnOfGaps } from "./gaps";
import type { ExecutionInputs } from "./inputs";
import { happened, keptWarning, shortfallOf } from "./messages";
import { observe } from "./observe";
import { observeInLists } from "./observe-in-lists";
import { type ExecutionOutputs, recordedForEnd } from "./outputs";
import { POLICY_ARGUMENT, policyFor } from "./policy";
import { withObserved, withRecord } from "./record";
import { keepSecretsOut } from "./redactor";
import { isSameTarget, sameTarget } from "./target";
import { waitUntilReached } from "./wait";
import { waitOutcome } from "./wait-outcome";

/**
 * Updates a recorded execution: resumes an unfinished wait on the same run, looks again at a lost one, applies the policy
 * of a run that did not reach it, and records what concerns only the end of the resource. Never starts a run.
 */
export async function updateExecution(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  inputs: ExecutionInputs,
  cancel?: Cancellation,
): Promise<ExecutionOutputs> {
  const outputs = compact<ExecutionOutputs>({ ...recorded, ...recordedForEnd(inputs) });
  const unlessStopped = <T>(work: () => Promise<T>): Promise<T> =>
    unlessCancelled(cancel?.signal, work, () => {
      const { message } = lifecycleErrors.cancelledUpdate(outputs.executionId, outputs.status);
      return new InitFailure(outputs.executionId, outputs, [message]);
    });
  // A run that is forgotten without an end is lost to whoever waits for its success: it may have turned up again.
  const isLost = shortfallOf(recorded, inputs) === "lost";
  if (isOver(recorded) && !isLost) return unlessStopped(() => settleShortfall(context, outputs, inputs));
  // A run that is to be left alone is the way out where its service cannot be reached any more: nothing is asked there.
  if (inputs.onDelete === "leave" && !isSameTarget(recorded, context.client)) {
    context.report.warning(inputs.urn, leftElsewhere(outputs));
    return outputs;
  }
  sameTarget(recorded, context.client);
  keepSecretsOut(context, inputs);
  if (isLost && policyFor("lost", inputs) === "keep") {
    return unlessStopped(() => settleShortfall(context, outputs, inputs));
  }
  if (!isLost && waitOutcome(inputs.waitFor, recorded) === "reached") {
    // There is no wait to resume. What has come of the run since is what the diff saw and announced: the same lookup.
    const { outputs: record, gaps } = await unlessStopped(() => context.drift.current(outputs));
    warnOfGaps(context, inputs.urn, gaps);
    return hasEnded(record) ? unlessStopped(() => settleShortfall(context, record, inputs, "news")) : outputs;
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
 * What an end (or a loss) means for an update: nothing, a warning, or a stop. Of an end that this command is the first to see, the
 * record and the last lines are read, so that the outputs have its exit code and the warning shows why.
 */
async function settleShortfall(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  inputs: ExecutionInputs,
  end: "recorded" | "news" = "recorded",
): Promise<ExecutionOutputs> {
  const before = shortfallOf(recorded, inputs);
  // A stop is an error and explains itself each time; a run that is kept is explained once.
  const isExplained =
    before !== "lost" && (end === "news" || (before !== undefined && policyFor(before, inputs) !== "keep"));
  if (isExplained) keepSecretsOut(context, inputs);
  const record = isExplained ? await readEndRecord(context, recorded.executionId) : undefined;
  const outputs = record !== undefined && hasEnded(record) ? withRecord(recorded, record) : recorded;
  const shortfall = shortfallOf(outputs, inputs);
  if (shortfall === undefined) return outputs;
  const details = isExplained ? await failureDetails(context, inputs, outputs, record) : NO_DETAILS;
  const policy = policyFor(shortfall, inputs);
  // A run that was adopted by its id is not ours to start again, whatever the policy.
  if (policy === "rerun" && outputs.adopted === true) {
    const { message } = lifecycleErrors.adoptedRunFailed(
      outputs.executionId,
      happened(shortfall, outputs, details.cause),
    );
    throw new InitFailure(outputs.executionId, outputs, [`${message}${details.lines}`]);
  }
  if (policy === "fail") {
    const what = happened(shortfall, outputs, details.cause);
    const { message } = lifecycleErrors.stopped(outputs.executionId, what, POLICY_ARGUMENT[shortfall]);
    throw new InitFailure(outputs.executionId, outputs, [`${message}${details.lines}`]);
  }
  const warning = `${keptWarning(shortfall, outputs, inputs, details.cause)}${details.lines}`;
  if (context.processCache.firstTime(warning)) context.report.warning(inputs.urn, warning);
  return outputs;
}

const NO_DETAILS: FailureDetails = { cause: "", lines: "" };

async function observeAgain(
  { client, clock }: LifecycleContext,
  outputs: ExecutionOutputs,
  deadline: Deadline,
): Promise<ExecutionOutputs> {
  const observeRun = (signal: AbortSignal) => observe(client, outputs.executionId, { signal });
  const observed = await bounded(clock, CALL_SECONDS, observeRun, deadline);
  if (observed.kind === "unreachable" || observed.kind === "refused") throw observed.error;
  if (observed.kind === "status") return withObserved(outputs, observed);
  const listed = await observeInLists(client, outputs.executionId);
  if (listed.kind === "status") return withObserved(outputs, listed);
  throw new InitFailure(outputs.executionId, outputs, [
    lifecycleErrors.lost(outputs.executionId, outputs.status).message,
  ]);
}

function leftElsewhere({ executionId, baseUrl }: ExecutionOutputs): string {
  const where = baseUrl === "" ? "" : ` at ${baseUrl}`;
  return `Run ${executionId} is recorded${where}, but the configuration sets another base URL or organization, so it was not read. Because onDelete is "leave", a destroy does not abort it.`;
}
