import { compact } from "../../lyceum/answers/json";
import type { LifecycleContext } from "../process/context";
import { InitFailure, type LifecycleError, lifecycleErrors } from "../run/errors";
import type { ExecutionInputs } from "../run/inputs";
import { type ExecutionOutputs, recordedForEnd } from "../run/record";
import { isSameTarget } from "../run/target";
import { placeholderId } from "../run/unclear-start";
import type { Deadline } from "../watch/deadline";
import type { UnclearStart } from "./possible-runs";
import { LISTS_LAG_SECONDS } from "./start";

/**
 * The failure of a start that got no clear answer. The engine records it under an id that is made of the start key, since the run's own id
 * is not known: the next command looks for the run instead of starting another one.
 */
export function unclearFailure(outputs: ExecutionOutputs, { message }: LifecycleError): InitFailure<ExecutionOutputs> {
  return new InitFailure(placeholderId(outputs.startKey), outputs, [message]);
}

/** Throws the failure of a start again where it was sent to another base URL: nobody can look for its run there. */
export function requireTarget({ client }: Pick<LifecycleContext, "client">, pending: ExecutionOutputs): void {
  if (isSameTarget(pending, client)) return;
  const cause = `it was sent to ${pending.baseUrl}`;
  throw unclearFailure(pending, lifecycleErrors.unknownStart({ key: pending.startKey, cause, possible: [] }));
}

/** Waits until the lists must show the run of a start that was sent just before, such as by a command that was cancelled. */
export async function untilListsShow(
  { clock, report }: Pick<LifecycleContext, "clock" | "report">,
  { requestedAt, resourceUrn }: ExecutionOutputs,
  deadline: Deadline,
): Promise<void> {
  const left = Date.parse(requestedAt ?? "") + LISTS_LAG_SECONDS * 1000 - clock.now();
  // A clock that was set back is not waited for.
  if (!(left > 0 && left <= LISTS_LAG_SECONDS * 1000)) return;
  report.progress(resourceUrn, `looking for the run of a start that got no clear answer`);
  await clock.sleep(left / 1000, deadline.cancel?.signal);
}

/** Reports what became of a recorded start whose run was not found; where nobody knows, throws its failure again. */
export function afterUnclear(
  { report }: Pick<LifecycleContext, "report">,
  inputs: ExecutionInputs,
  pending: ExecutionOutputs,
  unclear: UnclearStart,
): void {
  const what = `The start with the key ${pending.startKey} got no clear answer`;
  if (unclear.kind === "unknown") {
    const { possible } = unclear;
    const error = lifecycleErrors.unknownStart({ key: pending.startKey, cause: "at an earlier command", possible });
    throw unclearFailure(compact<ExecutionOutputs>({ ...pending, ...recordedForEnd(inputs) }), error);
  }
  const why =
    unclear.kind === "over"
      ? ". Its time limits have passed, so its run, if there was one, has ended."
      : " and created no run.";
  report.notice(inputs.urn, `${what}${why} A new run is started.`);
}
