/** How the caller calls an operation off. */
export interface Cancellation {
  readonly signal: AbortSignal;
  /** What becomes of the run that is waited for then: it is left going (the default), or its abort is sent. */
  readonly run?: "leave" | "abort" | undefined;
}

/**
 * Waits for work unless the operation is cancelled: then throws what `error` makes at once, and leaves the work to itself.
 * Cancelled before it began, the work is not begun.
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
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), cancelled]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Waits for work until it is done or the operation is cancelled. */
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
