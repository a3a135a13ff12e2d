import { DEFAULT_PORTS } from "../../provider/lyceum/default-ports";
import { type ApplyEnding, applyData } from "./apply-data";
import { applyMarkdown } from "./apply-markdown";
import { ciExitCodes } from "./exit-codes";
import { withLock } from "./locked";
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
  const result = await withLock(() => runEngine(session, command), request, {
    facts: thisMachine(),
    now: DEFAULT_PORTS.now,
    sleep: DEFAULT_PORTS.sleep,
    complain: surface.complain,
    cancel: () => open.stack.cancel(),
    stopped: stop.signal,
  });
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
  return failed.length > 0 ? ciExitCodes.error : ciExitCodes.clean;
}

/**
 * The state without the operations that a killed command has left, once a command has succeeded: the provider has found the runs that they
 * are about by their start keys, and Pulumi would warn of them for ever.
 */
async function settled(session: Session, { kind }: EngineResult, recorded: RecordedStack): Promise<RecordedStack> {
  const { stack } = session.open;
  if (recorded.pending === 0 || kind !== "succeeded" || session.stop.signal.aborted) return recorded;
  session.surface.complain(`${recorded.pending} pending operation(s) of a killed command are cleared by a refresh.`);
  await runEngine(session, (options) => stack.refresh({ ...options, clearPendingCreates: true }));
  return recordedStack(stack);
}

const CODES = { failed: ciExitCodes.error, stopped: ciExitCodes.stopped, locked: ciExitCodes.locked } as const;

/** A signal after the end of Pulumi stopped nothing. */
function endingOf({ kind }: EngineResult, isStopped: boolean): ApplyEnding {
  return kind !== "succeeded" && isStopped ? "stopped" : kind;
}
