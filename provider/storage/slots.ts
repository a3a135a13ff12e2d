/** Limits how many calls run at the same time. */
export interface Slots {
  /**
   * Runs `work` when a slot is free. Callers get slots in the order of their calls.
   *
   * @param signal if it aborts before `work` has begun, the call rejects with the signal's reason
   */
  use<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Makes slots for this number of concurrent calls. */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    async use(work, signal) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        signal?.throwIfAborted();
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}

/**
 * Runs `work` for each item, for at most `most` items at the same time. After the first error, begins no further work.
 */
export async function forEachAtOnce<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let isStopped = false;
  const worker = async (): Promise<void> => {
    for (const item of left) {
      if (isStopped) return;
      try {
        await work(item);
      } catch (error) {
        isStopped = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: most }, worker));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
