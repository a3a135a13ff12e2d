import { type AbortOutcome, type AbortStep, abortOutcome, nextAbortStep, type SeenRun } from "./abort-step";
import { answerInWords, nameOfCall } from "./capability";
import type { LyceumError } from "./errors";
import type { LyceumPort } from "./port";

/** What an abort acts through. */
interface AbortPorts {
  readonly client: Pick<LyceumPort, "abort">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The abort of one run: it is sent, again where looks at the run call for that, and what is known of it is kept. */
export type Abort = ReturnType<typeof createAbort>;

/**
 * Makes the abort of one run. Its caller looks at the run and hands each look over: after an abort without a clear answer only a look
 * shows what came of it.
 *
 * @param endsAt until when its answer is awaited, in milliseconds since the epoch
 */
export function createAbort({ client, now }: AbortPorts, executionId: string, endsAt: number) {
  const stopped = new AbortController();
  let sends = 0;
  const begunAt = now();
  let sentAt = begunAt;
  /** The answer to the abort that was sent last, when it came, and the looks since then. */
  let answer: AbortOutcome | undefined;
  let since = sentAt;
  let looks = 0;
  /** The last answer that was no yes. */
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
    /** Sends it for the first time; resolves with its answer, and never rejects. */
    begin: send,
    /** What follows from a look at the run; undefined where it is to be looked at again. An abort that is due again is sent. */
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
    /** When the abort was sent that Lyceum has accepted, by its answer or by the status of the run; undefined while it has not. */
    acceptedAt: () => acceptedAt,
    /** The answer to the abort that was sent last. */
    answer: () => answer,
    /** Why nothing could be sent at all. */
    unsent: () => (sends === 1 && answer?.kind === "unsent" ? answer.error : undefined),
    /** "POST /workloads/abort/{id} answered 503 (sent 5 times)": what became of an abort that was not accepted. */
    inWords(): string {
      const answered =
        problem === undefined || problem.code === "LYC1203"
          ? `gave no answer within ${secondsSince(begunAt)} s`
          : answerInWords(problem);
      const times = sends === 1 ? "" : ` (sent ${sends} times)`;
      const reported = problem?.reported === undefined ? "" : `, and reports: ${problem.reported}`;
      return `${nameOfCall("abort")} ${answered}${times}${reported}`;
    },
    /** Ends what is still awaited. */
    stop: () => stopped.abort(),
  };
}
