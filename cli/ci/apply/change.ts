import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { IMAGE_RULES_VARIABLE, imageRules } from "../../../provider/policy/declared";
import { CiError } from "../catalogue";
import { CI_EXIT_CODES } from "../exit-codes";
import { policyOf } from "../preview/policy";
import { isAllowed } from "../preview/preview";
import { codeOf } from "../report/report";
import { withLock } from "../stack/locked";
import { ownProcesses } from "../stack/own-processes";
import type { UnsettledOperation } from "../stack/pending";
import { type EngineResult, runEngine, type Session } from "../stack/session";
import { type FindUnrecorded, findUnrecordedOf } from "../stack/unrecorded";
import { reportStopped } from "../summary/failure";
import { writeReports } from "../summary/write";
import { type ApplyEnding, applyData, applyReport } from "./apply-data";
import { applyMarkdown } from "./apply-markdown";
import { settled } from "./settle";

/** Runs a command that changes the stack, waits for its lock, and reports what was done. Returns the exit code. */
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
  const data = applyData(about, result, done);
  const report = applyReport(request, data);
  writeReports(request, surface, applyMarkdown(kind, data), report);
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

function lockedEngine(session: Session, run: () => Promise<EngineResult>): Promise<EngineResult> {
  const { request, surface, open, stop } = session;
  const processes = ownProcesses();
  const noted = async (): Promise<EngineResult> => {
    const endNotes = processes.note();
    let mayHoldLock = true;
    try {
      const result = await run();
      // At a second signal, the CLI ends at once, and leaves its lock.
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
  return new CiError("LYC5004", `A killed command has left operations that nobody has settled: ${names.join(", ")}.`);
}

/**
 * A refresh that clears pending creates. It refreshes only the stack itself, which reads nothing. It cannot refresh the
 * pending resources, because Pulumi refuses a target that the state does not have.
 */
async function clearPending(session: Session, root: string | undefined): Promise<boolean> {
  const { stack } = session.open;
  const target = root === undefined ? {} : { target: [root] };
  const refresh = await lockedEngine(session, () =>
    runEngine(session, (options) => stack.refresh({ ...options, ...target, clearPendingCreates: true })),
  );
  return refresh.kind === "succeeded";
}

/** If the signal came after the end of Pulumi, it stopped nothing. */
function endingOf({ kind }: EngineResult, isStopped: boolean): ApplyEnding {
  return kind !== "succeeded" && isStopped ? "stopped" : kind;
}

/** `ci apply`: changes the stack to what the program declares, if the policy of the project allows it. */
export async function apply(session: Session): Promise<number> {
  const { open, stop } = session;
  const isOpen = await isAllowed(session);
  if (stop.signal.aborted) return reportStopped(session.request, session.surface);
  if (!isOpen) return CI_EXIT_CODES.error;
  const policy = policyOf(session.request, session.surface);
  // The provider also checks images that were not known at the preview, before it starts or ends any run.
  if (policy !== undefined) open.stack.workspace.envVars[IMAGE_RULES_VARIABLE] = imageRules(policy);
  return changeStack(session, "apply", () => runEngine(session, (options) => open.stack.up(options)));
}
