import { DEFAULT_PORTS } from "../../provider/lyceum/default-ports";
import { type ApplyEnding, applyData } from "./apply-data";
import { applyMarkdown } from "./apply-markdown";
import { CiError } from "./catalogue";
import { ciExitCodes } from "./exit-codes";
import { withLock } from "./locked";
import { areSettled, type PendingOperation } from "./pending";
import { thisMachine } from "./process-facts";
import { type EngineOptions, type EngineResult, runEngine, type Session } from "./session";
import { type RecordedStack, recordedStack } from "./state";
import { writeReports } from "./write";

/** Runs a command that changes the stack, waits for its lock, and reports what was done; the answer is the exit code. */
export async function changeStack(
  session: Session,
  kind: "apply" | "destroy",
  command: (options: EngineOptions) => Promise<unknown>,
): Promise<number> {
  const { request, surface, open, stop } = session;
  const result = await lockedEngine(session, command);
  const recorded = await settled(session, result, await recordedStack(open.stack));
  const ending = endingOf(result, stop.signal.aborted);
  const data = applyData({ project: open.project, stack: request.stack, ending }, result.observed, recorded);
  writeReports(request, surface, applyMarkdown(kind, data), data);
  if (ending !== "succeeded") return CODES[ending];
  const failed = data.executions.filter((one) => one.hasNotSucceeded);
  for (const { name, executionId, status } of failed) {
    surface.complain(
      `${name}: run ${executionId} is ${status}, and it is awaited until it has completed with success.`,
    );
  }
  if (data.pending.length > 0 && stop.signal.aborted) return ciExitCodes.stopped;
  if (data.pending.length > 0) surface.complain(pendingError(data.pending).message);
  return failed.length + data.pending.length > 0 ? ciExitCodes.error : ciExitCodes.clean;
}

function lockedEngine(session: Session, command: (options: EngineOptions) => Promise<unknown>): Promise<EngineResult> {
  const { request, surface, open, stop } = session;
  return withLock(() => runEngine(session, command), request, {
    facts: thisMachine(),
    now: DEFAULT_PORTS.now,
    sleep: DEFAULT_PORTS.sleep,
    complain: surface.complain,
    cancel: () => open.stack.cancel(),
    stopped: stop.signal,
  });
}

function pendingError(pending: readonly PendingOperation[]): CiError {
  const names = pending.map(({ operation, urn }) => `${operation} ${urn}`).join(", ");
  return new CiError("LYC5004", `A killed command has left operations that nobody has settled: ${names}.`);
}

/**
 * The state without the operations that a killed command has left, once a command has succeeded and the provider has found the runs that they are
 * about by their start keys: Pulumi would warn of them at each command. The refresh is limited to these resources. What is pending after it stays so.
 */
async function settled(session: Session, { kind }: EngineResult, recorded: RecordedStack): Promise<RecordedStack> {
  const { stack } = session.open;
  const { pending, executions } = recorded;
  if (pending.length === 0 || !areSettled(pending, executions) || kind !== "succeeded" || session.stop.signal.aborted)
    return recorded;
  session.surface.complain(`${pending.length} pending operation(s) of a killed command are cleared by a refresh.`);
  const target = [...new Set(pending.map(({ urn }) => urn))];
  const refresh = await lockedEngine(session, (options) =>
    stack.refresh({ ...options, target, clearPendingCreates: true }),
  );
  if (refresh.kind !== "succeeded") session.surface.complain("The refresh failed: the pending operations stay.");
  return recordedStack(stack);
}

const CODES = { failed: ciExitCodes.error, stopped: ciExitCodes.stopped, locked: ciExitCodes.locked } as const;

/** A signal after the end of Pulumi stopped nothing. */
function endingOf({ kind }: EngineResult, isStopped: boolean): ApplyEnding {
  return kind !== "succeeded" && isStopped ? "stopped" : kind;
}
