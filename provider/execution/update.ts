import { deleteClockSetting, waitClocks } from "./clocks";
import type { LifecycleContext } from "./context";
import { bounded, type Deadline, deadlineIn } from "./deadline";
import { isOver } from "./ended";
import { InitFailure, lifecycleErrors } from "./errors";
import { warnOfGaps } from "./gaps";
import type { ExecutionInputs } from "./inputs";
import { observe } from "./observe";
import { compact, type ExecutionOutputs } from "./outputs";
import { POLICY_ARGUMENT, policyFor, type Shortfall } from "./policy";
import { withRecord, withStatus } from "./record";
import { hasEnded } from "./status";
import { isSameTarget, sameTarget } from "./target";
import { judge } from "./verdict";
import { waitUntilReached } from "./wait";
import { keptWarning, outcome, shortfallOf } from "./words";

/** The client's own limits are shorter, unless a service answers byte by byte. */
const CALL_SECONDS = 300;

/**
 * Updates a recorded execution: resumes an unfinished wait on the same run, looks again at a lost one, applies the policy
 * of a run that fell short, and takes over what concerns only the end of the resource. Never starts a run.
 */
export async function updateExecution(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  inputs: ExecutionInputs,
): Promise<ExecutionOutputs> {
  const { deleteRecord: _before, deleteClock: _clock, ...rest } = recorded;
  const outputs = compact<ExecutionOutputs>({
    ...rest,
    onDelete: inputs.onDelete,
    deleteRecord: inputs.deleteRecord ? true : undefined,
    deleteClock: deleteClockSetting(inputs.clocks, inputs.customTimeouts),
    resourceUrn: inputs.urn,
  });
  if (isOver(recorded) && recorded.missing !== "lost") return settleShortfall(context, outputs, inputs);
  // A run that is to be left alone is the way out where its service cannot be reached any more: nothing is asked there.
  if (inputs.onDelete === "leave" && !isSameTarget(recorded, context.client)) {
    context.report.warning(inputs.urn, leftElsewhere(outputs));
    return outputs;
  }
  sameTarget(recorded, context.client);
  if (recorded.missing === "lost" && policyFor("lost", inputs) === "keep") {
    return settleShortfall(context, outputs, inputs);
  }
  if (recorded.missing !== "lost" && judge(inputs.waitFor, recorded) === "reached") {
    // There is no wait to resume. What has come of the run since is what the diff saw and announced: the same look.
    const { outputs: seen, gaps = [] } = await context.drift.current(outputs);
    warnOfGaps(context, inputs.urn, gaps);
    return hasEnded(seen) ? settleShortfall(context, seen, inputs) : outputs;
  }
  const clocks = waitClocks(
    {
      ...inputs,
      timeout: recorded.timeout ?? inputs.timeout,
      gracefulTimeout: recorded.gracefulTimeout ?? inputs.gracefulTimeout,
    },
    inputs.customTimeouts.update,
  );
  const deadline = deadlineIn(context.clock, clocks.total);
  const current = recorded.missing === "lost" ? await lookAgain(context, outputs, deadline) : outputs;
  return waitUntilReached(context, inputs, current, clocks, deadline);
}

/** What an end (or a loss) that is recorded means for an update: nothing, a warning, or a stop. */
function settleShortfall(
  context: LifecycleContext,
  outputs: ExecutionOutputs,
  inputs: ExecutionInputs,
): ExecutionOutputs {
  const shortfall = shortfallOf(outputs, inputs);
  if (shortfall === undefined) return outputs;
  const policy = policyFor(shortfall, inputs);
  // A run that was taken over by its id is not ours to start again, whatever the policy.
  if (policy === "rerun" && outputs.adopted === true) {
    const { message } = lifecycleErrors.adoptedFellShort(outputs.executionId, outcome(outputs));
    throw new InitFailure(outputs.executionId, outputs, [message]);
  }
  if (policy === "fail") throw stopped(shortfall, outputs);
  const warning = keptWarning(shortfall, outputs, inputs);
  if (context.memory.firstTime(warning)) context.report.warning(inputs.urn, warning);
  return outputs;
}

function stopped(shortfall: Shortfall, outputs: ExecutionOutputs): InitFailure<ExecutionOutputs> {
  const { message } = lifecycleErrors.stopped(outputs.executionId, outcome(outputs), POLICY_ARGUMENT[shortfall]);
  return new InitFailure(outputs.executionId, outputs, [message]);
}

async function lookAgain(
  { client, clock }: LifecycleContext,
  outputs: ExecutionOutputs,
  deadline: Deadline,
): Promise<ExecutionOutputs> {
  const look = (signal: AbortSignal) => observe(client, outputs.executionId, { signal });
  const observed = await bounded(clock, CALL_SECONDS, look, deadline);
  if (observed.kind === "unreachable" || observed.kind === "refused") throw observed.error;
  if (observed.kind === "status") {
    return observed.seen ? withRecord(outputs, observed.seen) : withStatus(outputs, observed.status);
  }
  throw new InitFailure(outputs.executionId, outputs, [
    lifecycleErrors.lost(outputs.executionId, outputs.status).message,
  ]);
}

function leftElsewhere({ executionId, baseUrl }: ExecutionOutputs): string {
  const where = baseUrl === "" ? "" : ` at ${baseUrl}`;
  return `Run ${executionId} is recorded${where}, which the configuration does not name, so it was not looked at. Because onDelete is "leave", a destroy leaves it alone.`;
}
