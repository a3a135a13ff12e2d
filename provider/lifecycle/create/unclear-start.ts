import { compact } from "../../lyceum/json";
import { placeholderId } from "../../schema/run-id";
import { untilListsShow } from "../account/find-unclear";
import type { StartEffects } from "../process/context";
import { InitFailure, type LifecycleError, lifecycleErrors } from "../run/errors";
import type { ExecutionInputs } from "../run/inputs";
import { mustHaveEnded } from "../run/record/ended";
import { type ExecutionOutputs, recordedForEnd } from "../run/record/record";
import { isSameTarget } from "../run/target";
import { beforeStart, type Deadline } from "../watch/deadline";
import type { UnclearStart } from "./possible-runs";
import { settleFiles } from "./unused-files";

/**
 * Makes the failure of a start that got no clear answer. The run's id is unknown, so the engine records the failure
 * under an id made of the start key. The next command looks for the run.
 */
export function unclearFailure(outputs: ExecutionOutputs, { message }: LifecycleError): InitFailure<ExecutionOutputs> {
  return new InitFailure(placeholderId(outputs.startKey), outputs, [message]);
}

/**
 * Waits until Lyceum's lists must show the run of a recorded start without a clear answer. Throws `InitFailure` if the
 * start was sent to another base URL or organization, where the provider cannot look for the run. Does not throw if all
 * time limits of the run have passed.
 */
export async function awaitLists(
  context: StartEffects,
  inputs: ExecutionInputs,
  pending: ExecutionOutputs,
  deadline: Deadline,
): Promise<void> {
  const { client, clock } = context;
  if (!isSameTarget(pending, client) && !mustHaveEnded(pending, clock.now())) {
    const { startKey: key, baseUrl } = pending;
    throw stillUnclear(inputs, pending, lifecycleErrors.startElsewhere(key, baseUrl, client.baseUrl));
  }
  await beforeStart(deadline, () => untilListsShow(context, pending, deadline.cancel?.signal));
}

function stillUnclear(
  inputs: ExecutionInputs,
  pending: ExecutionOutputs,
  error: LifecycleError,
): InitFailure<ExecutionOutputs> {
  return unclearFailure(
    compact<ExecutionOutputs>({ ...pending, ...recordedForEnd(inputs, pending.filesPrefix) }),
    error,
  );
}

/** Throws `InitFailure` if it is still unclear whether a recorded start made a run. The next command looks again. */
export function requireClear(inputs: ExecutionInputs, pending: ExecutionOutputs, unclear: UnclearStart): void {
  if (unclear.kind !== "unknown") return;
  const { possible } = unclear;
  const cause = "at an earlier command";
  throw stillUnclear(inputs, pending, lifecycleErrors.unknownStart({ key: pending.startKey, cause, possible }));
}

/**
 * Reports that a recorded start without a clear answer made no run, or that its run has ended. Marks the files of that
 * start as unused, or removes them. The create then starts a new run.
 */
export async function settleUnclear(
  context: StartEffects,
  inputs: ExecutionInputs,
  deadline: Deadline,
  pending: ExecutionOutputs,
  unclear: UnclearStart,
): Promise<void> {
  const why =
    unclear.kind === "over"
      ? ". Its time limits have passed, so its run, if there was one, has ended."
      : " and created no run.";
  const { startKey } = pending;
  context.report.notice(`The start with the key ${startKey} got no clear answer${why} A new run is started.`);
  await settleFiles(context, inputs, deadline, pending, unclear);
}
