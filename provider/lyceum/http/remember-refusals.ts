import type { OptionalCall } from "../capability";
import { isRefusedForGood } from "../capability";
import type { LyceumError } from "../errors";
import type { LyceumPort } from "../port";

/** A client that remembers which calls Lyceum refuses. */
export interface LearningClient {
  readonly client: LyceumPort;
  /** The error with which Lyceum refused a call in this process. Undefined if the call works or was not made. */
  refused(call: OptionalCall): LyceumError | undefined;
}

/**
 * Returns a client that remembers which calls Lyceum refuses permanently. Once Lyceum has refused the list of active
 * runs, the client does not request the list again, but throws the same error at once. The same holds for the history.
 * The client still sends, for example:
 *
 * - a call that has worked in this process;
 * - a call about one run, because Lyceum may refuse only that run;
 * - a call that was answered 401, because the user may renew the API key.
 */
export function rememberRefusals(real: LyceumPort): LearningClient {
  const refusals = new Map<OptionalCall, LyceumError>();
  /**
   * Calls that have worked in this process. The client sends them even after a refusal, because a gateway can refuse a
   * call for a moment.
   */
  const worked = new Set<OptionalCall>();

  async function learn<T>(call: OptionalCall, send: () => Promise<T>): Promise<T> {
    try {
      const answer = await send();
      refusals.delete(call);
      worked.add(call);
      return answer;
    } catch (error) {
      if (isRefusedForGood(error)) refusals.set(call, error);
      throw error;
    }
  }

  async function learnOnce<T>(call: OptionalCall, send: () => Promise<T>): Promise<T> {
    const before = refusals.get(call);
    if (before !== undefined && before.status !== 401 && !worked.has(call)) throw before;
    return learn(call, send);
  }

  return {
    refused: (call) => refusals.get(call),
    client: {
      ...real,
      record: (id, options) => learn("record", () => real.record(id, options)),
      olderStatus: (id, options) => learn("olderStatus", () => real.olderStatus(id, options)),
      abort: (id, options) => learn("abort", () => real.abort(id, options)),
      deleteRecord: (id, options) => learn("deleteRecord", () => real.deleteRecord(id, options)),
      listActive: (options) => learnOnce("list", () => real.listActive(options)),
      history: (page, options) => learnOnce("history", () => real.history(page, options)),
    },
  };
}
