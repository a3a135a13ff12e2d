import { setMaxListeners } from "node:events";
import { lifecycleErrors } from "../run/errors";
import type { Clock } from "./ports";

/**
 * The time limit of an operation. It is set when the engine calls the provider, and applies to all steps of the
 * operation.
 */
export interface Deadline {
  /** When the operation began, in milliseconds since the epoch. */
  readonly begunAt: number;
  /** When the operation must be done, in milliseconds since the epoch. */
  readonly at: number;
  /** How the operation is cancelled. */
  readonly cancel?: Cancellation | undefined;
}

/** Maximum number of seconds for a call of the client with all its attempts. */
export const CALL_SECONDS = 300;

/** Makes a deadline `seconds` from now. */
export function deadlineIn(clock: Clock, seconds: number, cancel?: Cancellation): Deadline {
  const begunAt = clock.now();
  return { begunAt, at: begunAt + seconds * 1000, cancel };
}

/**
 * Waits for work that several callers share. If the work has not finished at the deadline, throws the error that `late`
 * returns. The work itself continues, because other callers wait for it.
 */
export async function beforeDeadline<T>(
  clock: Clock,
  deadline: Pick<Deadline, "at">,
  work: Promise<T>,
  late: () => Error,
): Promise<T> {
  const finished = new AbortController();
  const left = Math.max(1, (deadline.at - clock.now()) / 1000);
  const out = clock.sleep(left, finished.signal).then((): never => {
    throw late();
  });
  try {
    return await Promise.race([work, out]);
  } finally {
    // `finished.abort()` ends the sleep early, and `out` then rejects. Nobody needs this error.
    out.catch(() => undefined);
    finished.abort();
  }
}

/**
 * Makes the reason of an `AbortSignal` for a time limit. A call that such a signal ends fails with a timeout or with
 * the error of its last attempt, and not as cancelled.
 */
const outOfTime = (): DOMException => new DOMException("The time of the call is over.", "TimeoutError");

/**
 * Makes a call with a signal. The signal fires after `seconds`, at the deadline, or `secondsAfterCancel` after a
 * cancel, whichever is first. If less than one second is left before the deadline, the call still gets one second.
 */
export async function bounded<T>(
  clock: Clock,
  seconds: number,
  call: (signal: AbortSignal) => Promise<T>,
  deadline?: Deadline,
  secondsAfterCancel = 0,
): Promise<T> {
  const cut = new AbortController();
  const finished = new AbortController();
  const left = deadline === undefined ? seconds : Math.min(seconds, Math.max(1, (deadline.at - clock.now()) / 1000));
  const cutIn = (time: number, why?: () => DOMException): void =>
    void clock.sleep(time, finished.signal).then(() => cut.abort(finished.signal.aborted ? undefined : why?.()));
  const onCancel = (): void => cutIn(secondsAfterCancel);
  const cancel = deadline?.cancel?.signal;
  cutIn(left, outOfTime);
  if (cancel?.aborted) onCancel();
  cancel?.addEventListener("abort", onCancel);
  try {
    return await call(cut.signal);
  } finally {
    finished.abort();
    cancel?.removeEventListener("abort", onCancel);
  }
}

/** How an operation can be cancelled, and what the cancellation does with the run. */
export interface Cancellation {
  readonly signal: AbortSignal;
  /** What a cancel does with the run: "leave" (the default) lets it continue, "abort" aborts it. */
  readonly run?: "leave" | "abort" | undefined;
}

/**
 * Returns the result of `work`. After a cancel, throws the result of `error` at once. `work` then continues in the
 * background. If the operation was already cancelled, `work` does not begin.
 */
export async function unlessCancelled<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  error: () => Error,
): Promise<T> {
  if (signal === undefined) return work();
  if (signal.aborted) throw error();
  let onAbort: () => void = () => undefined;
  const cancelled = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(error());
    signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([work(), cancelled]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/**
 * Runs one step of a create, before the create adopts or starts a run. A cancel ends the step with an error, so that no
 * later step runs.
 */
export function beforeStart<T>({ cancel }: Pick<Deadline, "cancel">, work: () => Promise<T>): Promise<T> {
  return unlessCancelled(cancel?.signal, work, lifecycleErrors.cancelledBeforeStart);
}

/** Waits until `work` has ended or the operation is cancelled. Does not throw if the operation is cancelled. */
export async function untilCancelled(signal: AbortSignal | undefined, work: Promise<void>): Promise<void> {
  const cancelled = new Error("cancelled");
  const settled = unlessCancelled(
    signal,
    () => work,
    () => cancelled,
  );
  await settled.catch((error) => {
    if (error !== cancelled) throw error;
  });
}

/**
 * Lets all operations of a process listen to one signal. By default, Node warns if a signal has more than ten
 * listeners.
 */
export function manyMayListen(signal: AbortSignal): AbortSignal {
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  return signal;
}
