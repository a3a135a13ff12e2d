import type { Diagnostic } from "../../../compose";
import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { dayOf, policyForStack } from "../../../provider/policy";
import { IMAGE_RULES_VARIABLE, imageRules } from "../../../provider/policy/declared";
import { policyChecks } from "../../../provider/policy/reviewed";
import type { Surface } from "../../command";
import { CiError } from "../catalogue";
import type { CiRequest } from "../options";
import { isAfterHours, policyOf } from "../preview/policy";
import { allowedPlan } from "../preview/preview";
import { codeOf } from "../report/report";
import { updateUnderPolicy, updateWithin } from "../review/apply-reviewed";
import { readReview } from "../review/review-file";
import { withLock } from "../stack/lock/locked";
import { ownProcesses } from "../stack/lock/own-processes";
import type { UnsettledOperation } from "../stack/pending";
import { type EngineResult, runEngine, type Session } from "../stack/session";
import { type FindUnrecorded, findUnrecordedOf } from "../stack/unrecorded";
import { withFileNames } from "../summary/compose-diagnostics";
import { reportStopped } from "../summary/failure";
import { writeFindings } from "../summary/findings";
import { writeReports } from "../summary/write";
import { type ApplyEnding, applyData, applyReport } from "./apply-data";
import { applyMarkdown } from "./apply-markdown";
import { settled } from "./settle";

/**
 * Runs a command that changes the stack, and reports what was done. Waits first if the stack is locked. Returns the
 * exit code.
 */
export async function changeStack(
  session: Session,
  kind: "apply" | "destroy",
  run: () => Promise<EngineResult>,
  find: FindUnrecorded = findUnrecordedOf(session.open),
): Promise<number> {
  const { request, surface, open, stop } = session;
  const result = await lockedEngine(session, run);
  const done = await settled(session, result, { find, clear: (root) => clearPending(session, root) });
  const ending = endingOf(result, stop.signal.aborted);
  const about = { project: open.project, stack: request.stack, ending, isStopped: stop.signal.aborted };
  const own = applyData(about, result, done);
  const data = { ...own, diagnostics: withFileNames(own.diagnostics, request.folder, surface.folder) };
  const report = applyReport(request, data);
  writeReports(request, surface, applyMarkdown(kind, data), report);
  writeErrors(request, surface, data.diagnostics);
  if (ending !== "succeeded" || data.result === "stopped") return codeOf(report);
  const failed = data.executions.filter((one) => one.hasNotSucceeded);
  for (const { name, executionId, status } of failed) {
    surface.printError(
      `${name}: run ${executionId} is ${status}, and it is awaited until it has completed with success.`,
    );
  }
  if (data.pending.length > 0) surface.printError(pendingError(data.pending).message);
  return codeOf(report);
}

/**
 * Writes annotations for the errors of the update. The SARIF and Code Quality reports of the preview stay, because new
 * reports would lack the problems that only the preview has found.
 */
function writeErrors(request: CiRequest, surface: Surface, diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) writeFindings({ ...request, sarif: undefined, codequality: undefined }, surface, errors);
}

function lockedEngine(session: Session, run: () => Promise<EngineResult>): Promise<EngineResult> {
  const { request, surface, open, stop } = session;
  const processes = ownProcesses();
  const noted = async (): Promise<EngineResult> => {
    const endNotes = processes.note({ folder: request.folder, stack: request.stack });
    let mayHoldLock = true;
    try {
      const result = await run();
      // After a signal, the stack may still be locked: a second signal ends the Pulumi CLI at once, and leaves its
      // lock.
      mayHoldLock = result.wasKilled === true || stop.signal.aborted;
      return result;
    } finally {
      endNotes(mayHoldLock);
    }
  };
  return withLock(noted, request, {
    now: DEFAULT_PORTS.now,
    sleep: DEFAULT_PORTS.sleep,
    printError: surface.printError,
    cancel: () => open.stack.cancel(),
    processes,
    stopped: stop.signal,
  });
}

function pendingError(pending: readonly UnsettledOperation[]): CiError {
  const names = pending.map(
    ({ operation, urn, reason }) => `${operation} ${urn}${reason === null ? "" : ` (${reason})`}`,
  );
  return new CiError(
    "LYC5004",
    `A killed command left operations, and Pulumi does not know whether they took effect: ${names.join(", ")}.`,
  );
}

/**
 * Clears all pending creates. Every refresh can clear them, so the refresh reads only the stack's own resource
 * (`root`).
 */
async function clearPending(session: Session, root: string | undefined): Promise<boolean> {
  const { stack } = session.open;
  const target = root === undefined ? {} : { target: [root] };
  const refresh = await lockedEngine(session, () =>
    runEngine(session, (options) => stack.refresh({ ...options, ...target, clearPendingCreates: true })),
  );
  return refresh.kind === "succeeded";
}

/** Returns how the Pulumi command ended. A signal after the end of a successful command does not count. */
function endingOf({ kind }: EngineResult, isStopped: boolean): ApplyEnding {
  return kind !== "succeeded" && isStopped ? "stopped" : kind;
}

/** `ci apply`: changes the stack to what the program declares, if the policy of the project and the review allow it. */
export async function apply(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const about = { project: open.project, stack: request.stack };
  const review = request.reviewed === undefined ? undefined : readReview(request.reviewed, about, surface);
  // The policy is read before the preview and only once, because the preview runs the program, and the program may
  // overwrite the file.
  const policy = policyOf(request, surface);
  let allowed = await allowedPlan(session, policy, review);
  if (stop.signal.aborted) return reportStopped(request, surface);
  if (allowed.kind !== "allowed") return allowed.code;
  const today = dayOf(DEFAULT_PORTS.now());
  const own = policy === undefined ? undefined : policyForStack(policy, request.stack);
  // The provider checks the policy's rules about images again at the update, because more images are known then.
  if (own !== undefined) open.stack.workspace.envVars[IMAGE_RULES_VARIABLE] = imageRules(own, today);
  const checks = own === undefined ? undefined : policyChecks(own, today);
  let isFirst = true;
  return changeStack(session, "apply", async () => {
    // If the stack is locked, `changeStack` runs this function again later. By then, the stack and the costs may have
    // changed. So with a policy or a review, the plan is checked again. The plan is also checked again if the working
    // hours have ended since the preview.
    const isOver = isAfterHours(policy, request.stack, DEFAULT_PORTS.now());
    const isStale = isOver || (!isFirst && (policy !== undefined || review !== undefined));
    isFirst = false;
    if (isStale) allowed = await allowedPlan(session, policy, review);
    if (allowed.kind !== "allowed") return { ...REFUSED, isBeyond: allowed.isBeyond };
    if (review !== undefined) return updateWithin(session, allowed.plan);
    if (checks !== undefined) return updateUnderPolicy(session, allowed.plan, checks);
    return runEngine(session, (options) => open.stack.up(options));
  });
}

/** The result of a change that did not begin, because its plan is no longer allowed. */
export const REFUSED: EngineResult = {
  kind: "failed",
  observed: { steps: [], messages: [], printed: [], ended: [], counts: {} },
  reason: "",
  output: [
    "The plan was refused at the start of the change, after another command had locked the stack or the working hours had ended. Nothing was changed.",
  ],
};
