import type { OptionalCall } from "../capability";
import { isRefusedForGood } from "../capability";
import type { LyceumError } from "../errors";
import type { LyceumPort } from "../port";

/** A client that knows which calls the service refuses, and the question which these are. */
export interface LearningClient {
  readonly client: LyceumPort;
  /** The refusal of a call in this process; undefined while it works or was not tried. */
  refused(call: OptionalCall): LyceumError | undefined;
}

/**
 * Wraps a client so that it learns which calls the service refuses for good. A list or history that was refused is not sent
 * again in this process, unless it has worked before: the same error is thrown at once. Calls about one run are sent each time, since a refusal may be
 * about that run alone, and so is anything that was answered 401: the key may be renewed.
 */
export function rememberRefusals(real: LyceumPort): LearningClient {
  const refusals = new Map<OptionalCall, LyceumError>();
  /** A call that has worked in this process may work again: a gateway can refuse it for a moment. */
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
