import { type AbortOutcome, type AbortStep, abortOutcome, nextAbortStep, type SeenRun } from "./abort-step";
import { answerInWords, nameOfCall } from "./capability";
import type { LyceumError } from "./errors";
import type { LyceumPort } from "./port";

interface AbortPorts {
  readonly client: Pick<LyceumPort, "abort">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The abort of one run. `nextAbortStep` decides whether the abort is sent again. */
export type Abort = ReturnType<typeof createAbort>;

/**
 * Returns functions that send the abort of one run and decide whether to send it again. The caller observes the run,
 * and passes each observation to `look`. If the answer to the abort is unclear, only an observation shows whether the
 * run was aborted.
 *
 * @param endsAt when the wait for the answer ends, in milliseconds since the epoch
 */
export function createAbort({ client, now }: AbortPorts, executionId: string, endsAt: number) {
  const stopped = new AbortController();
  let sends = 0;
  const begunAt = now();
  let sentAt = begunAt;
  /** The answer to the last abort. */
  let answer: AbortOutcome | undefined;
  /** When Lyceum answered the last abort. Without an answer, when the last abort was sent. */
  let since = sentAt;
  /** The number of observations of the run after `since`. */
  let looks = 0;
  /** The error of the last abort that failed. */
  let problem: LyceumError | undefined;
  let acceptedAt: number | undefined;
  let crash: { readonly error: unknown } | undefined;
  const secondsSince = (time: number) => Math.round((now() - time) / 1000);

  async function send(): Promise<void> {
    sends += 1;
    sentAt = now();
    [answer, since, looks] = [undefined, sentAt, 0];
    const ownSentAt = sentAt;
    const timeoutSeconds = Math.max(1, (endsAt - sentAt) / 1000);
    try {
      const options = { signal: stopped.signal, sentOnce: true, timeoutSeconds };
      const outcome = await abortOutcome(client.abort(executionId, options));
      if (stopped.signal.aborted) return;
      [answer, since, looks] = [outcome, now(), 0];
      if (outcome.kind === "noted") acceptedAt ??= ownSentAt;
      else problem = outcome.error;
    } catch (error) {
      crash = { error };
    }
  }

  return {
    /** Sends the abort for the first time. The promise resolves when the answer has arrived, and never rejects. */
    begin: send,
    /**
     * Receives one observation of the run, and decides the next step. If the next step is `send`, sends the abort
     * again. Returns undefined if the caller should continue to observe the run.
     */
    look(seen: SeenRun): Exclude<AbortStep, "send" | "wait"> | undefined {
      if (crash !== undefined) throw crash.error;
      looks += 1;
      if (seen === "stopping") acceptedAt ??= sentAt;
      const step = nextAbortStep({
        seen,
        looks,
        answer: answer?.kind,
        isAccepted: acceptedAt !== undefined,
        sends,
        seconds: (now() - since) / 1000,
        retryAfterSeconds: (answer === undefined ? undefined : problem?.retryAfterSeconds) ?? 0,
      });
      if (step === "send") void send();
      return step === "send" || step === "wait" ? undefined : step;
    },
    /**
     * When the accepted abort was sent. Undefined until an answer or the run's status shows that Lyceum accepted an
     * abort.
     */
    acceptedAt: () => acceptedAt,
    /** The outcome of the last request for the abort. Undefined while Lyceum has not answered. */
    answer: () => answer,
    /** Returns the error of the first abort if the client could not send it. Undefined after a second abort. */
    unsent: () => (sends === 1 && answer?.kind === "unsent" ? answer.error : undefined),
    /** Describes why the abort is not accepted: "POST /workloads/abort/{id} answered 503 (sent 5 times)". */
    inWords(): string {
      const answered =
        problem === undefined || problem.code === "LYC1203"
          ? `gave no answer within ${secondsSince(begunAt)} s`
          : answerInWords(problem);
      const times = sends === 1 ? "" : ` (sent ${sends} times)`;
      const reported = problem?.reported === undefined ? "" : `, and reports: ${problem.reported}`;
      return `${nameOfCall("abort")} ${answered}${times}${reported}`;
    },
    /** Stops waiting for the answer to the abort. */
    stop: () => stopped.abort(),
  };
}
