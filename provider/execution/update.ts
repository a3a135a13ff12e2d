import { waitClocks } from "./clocks";
import type { LifecycleContext } from "./context";
import { keptWarning } from "./diff";
import { InitFailure, lifecycleErrors } from "./errors";
import type { ExecutionInputs } from "./inputs";
import { observe } from "./observe";
import { compact, type ExecutionOutputs } from "./outputs";
import { withRecord, withStatus } from "./record";
import { isEnd } from "./status";
import { sameTarget } from "./target";
import { judge } from "./verdict";
import { waitUntilReached } from "./wait";

/**
 * Updates a recorded execution: resumes an unfinished wait on the same run, looks again at a lost one, and takes over
 * what concerns only the end of the resource. Never starts a run.
 */
export async function updateExecution(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  inputs: ExecutionInputs,
): Promise<ExecutionOutputs> {
  const outputs = compact<ExecutionOutputs>({
    ...recorded,
    onDelete: inputs.onDelete,
    deleteClock: inputs.clocks.delete ?? inputs.customTimeouts.delete,
    resourceUrn: inputs.urn,
  });
  const verdict = judge(inputs.waitFor, recorded.status);
  if (verdict === "fell-short" && recorded.missing !== "lost") {
    const warning = keptWarning(recorded, inputs);
    if (context.memory.firstTime(warning)) context.report.warning(inputs.urn, warning);
    return outputs;
  }
  if (verdict === "reached" && recorded.missing !== "lost" && isEnd(recorded.status)) return outputs;
  sameTarget(recorded, context.client);
  const current = recorded.missing === "lost" ? await lookAgain(context, outputs) : outputs;
  const clocks = waitClocks(
    { ...inputs, timeout: recorded.timeout, gracefulTimeout: recorded.gracefulTimeout },
    inputs.customTimeouts.update,
  );
  return waitUntilReached(context, inputs, current, clocks);
}

async function lookAgain(context: LifecycleContext, outputs: ExecutionOutputs): Promise<ExecutionOutputs> {
  const observed = await observe(context.client, outputs.executionId);
  if (observed.kind === "unreachable") throw observed.error;
  if (observed.kind === "status")
    return observed.seen ? withRecord(outputs, observed.seen) : withStatus(outputs, observed.status);
  throw new InitFailure(outputs.executionId, outputs, [
    lifecycleErrors.lost(outputs.executionId, outputs.status).message,
  ]);
}
