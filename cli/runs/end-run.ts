import { type Abort, createAbort } from "../../provider/lyceum/abort";
import { type SeenRun, seenRun } from "../../provider/lyceum/abort-step";
import { classifyStatus, isEndKind } from "../../provider/lyceum/answers/status";
import { isRefusedForGood } from "../../provider/lyceum/capability";
import { READ_SECONDS } from "../../provider/lyceum/operations";
import type { ExecutionRecord } from "../../provider/lyceum/port";
import { API_LIMITS } from "../../provider/schema";
import { isOver } from "./follow";
import { unknownRun } from "./run-options";
import type { RunService } from "./service";

const LONGEST_WAIT_SECONDS = API_LIMITS.gracefulTimeout + 30;
const PAUSE_SECONDS = 1;

/** The result of aborting a run. */
export interface Ending {
  readonly status: string;
  readonly returnCode?: number;
  readonly ended: boolean;
  /** Whether Lyceum accepted the abort. Either the answer to the abort or the status of the run shows this. */
  readonly isAccepted: boolean;
  /** Whether the run had already ended before the abort. */
  readonly hadEnded?: true;
}

interface EndOptions {
  /** Whether the command waits until the run has ended. Otherwise, it waits only for the answer to the abort. */
  readonly waits: boolean;
  readonly note: (text: string) => void;
}

/**
 * Aborts a run, and returns its last status. An accepted abort does not prove that the run has ended, so the field
 * `ended` shows whether it has. Throws if Lyceum does not know the run or refuses the abort, or if the abort could not
 * be sent.
 */
export async function endRun(
  { client, now, sleep, stopped }: Pick<RunService, "client" | "now" | "sleep" | "stopped">,
  executionId: string,
  { waits, note }: EndOptions,
): Promise<Ending> {
  const before = await client.record(executionId, { signal: stopped });
  if (before.kind === "missing") throw unknownRun(executionId);
  let last = await endingOf(before.value);
  // A record may have an exit code and an end time before its run has ended. So only the status shows that a run needs
  // no abort.
  if (isEndKind(classifyStatus(before.value.status))) return { ...last, isAccepted: false, hadEnded: true };

  const endsAt = now() + (waits ? LONGEST_WAIT_SECONDS : READ_SECONDS) * 1000;
  const abort = createAbort({ client, now }, executionId, endsAt);
  stopped.addEventListener("abort", abort.stop);
  try {
    await answerWithin(abort.begin(), waits ? PAUSE_SECONDS : READ_SECONDS);
    if (waits) note(waiting(abort));
    while (!stopped.aborted && now() < endsAt) {
      const step = abort.look(await look());
      if (step === "refused") throw errorOf(abort);
      if (abort.unsent() !== undefined) throw abort.unsent();
      if (step !== undefined || (!waits && abort.acceptedAt() !== undefined)) break;
      await sleep(PAUSE_SECONDS, stopped);
    }
  } finally {
    stopped.removeEventListener("abort", abort.stop);
    abort.stop();
  }
  const isAccepted = abort.acceptedAt() !== undefined;
  if (!last.ended && !isAccepted && !stopped.aborted) note(`The abort got no clear answer: ${abort.inWords()}.`);
  return { ...last, isAccepted };

  async function answerWithin(answer: Promise<void>, seconds: number): Promise<void> {
    const answered = new AbortController();
    await Promise.race([answer, sleep(seconds, AbortSignal.any([stopped, answered.signal]))]);
    answered.abort();
  }

  async function look(): Promise<SeenRun> {
    try {
      const found = await client.record(executionId, { signal: stopped });
      if (found.kind === "missing") return "missing";
      last = await endingOf(found.value);
      // A record may have an exit code and an end time before its run has ended, and `seenRun` would count them as an
      // end. So `seenRun` gets only the status.
      return last.ended ? "ended" : seenRun({ status: last.status });
    } catch (error) {
      return isRefusedForGood(error) ? "hidden" : "nothing";
    }
  }

  async function endingOf(record: ExecutionRecord): Promise<Omit<Ending, "isAccepted">> {
    const { status, returnCode } = record;
    const ended = await isOver(client, executionId, record, stopped);
    return { status, ...(returnCode === undefined ? {} : { returnCode }), ended };
  }
}

function waiting(abort: Abort): string {
  return abort.acceptedAt() === undefined
    ? "The abort was sent, but Lyceum has not accepted it yet; waiting until the run has ended."
    : "The abort was sent; waiting until the run has ended. ^C ends the wait, not the abort.";
}

function errorOf(abort: Abort): unknown {
  const answer = abort.answer();
  return answer !== undefined && "error" in answer ? answer.error : undefined;
}
