import type * as Inspector from "node:inspector";

/** The heap of a process, as far as it is trimmed. */
export interface Heap {
  /** Bytes that the heap takes from the machine, used or not. */
  bytes(): number;
  /** Takes all garbage away, and gives the machine back what that frees. */
  collect(): Promise<void>;
}

/** A collection is worth its time when the heap has grown by this part since the last one, and by so many bytes. */
const WORTH = 0.1;
const WORTH_BYTES = 4_000_000;
/** Part of the time that collecting may take. A provider that shares the process may make garbage all the while. */
const SHARE = 0.01;

/**
 * Trims a heap while only time passes. Loading the host and starting many runs leaves as much garbage as there is use, and
 * V8 keeps it for as long as little is asked of it: for the whole of a wait. The first call collects; later ones do when
 * the heap has grown by a tenth since, but never so often that collecting takes more than a hundredth of the time. A heap
 * that cannot be collected is let be.
 *
 * @param now milliseconds
 */
export function createHeapTrimmer(heap: Heap, now: () => number): () => void {
  let trimmed = 0;
  let notBefore = Number.NEGATIVE_INFINITY;
  let busy = false;
  return () => {
    if (busy || now() < notBefore) return;
    if (heap.bytes() < trimmed + Math.max(trimmed * WORTH, WORTH_BYTES)) return;
    busy = true;
    const begunAt = now();
    heap.collect().then(
      () => {
        trimmed = heap.bytes();
        notBefore = now() + (now() - begunAt) / SHARE;
        busy = false;
      },
      // It stays busy: what failed once would fail each time.
      () => undefined,
    );
  };
}

/**
 * This process's own heap.
 *
 * @param collected called in the turn of each collection, right behind it
 */
export const processHeap = (collected: () => void = () => undefined): Heap => ({
  bytes: () => process.memoryUsage().heapTotal,
  collect: () =>
    new Promise((resolve, reject) => {
      // Within the promise, since a Node may be built without it. No port is opened, and a debugger is not disturbed.
      const { Session } = require("node:inspector") as typeof Inspector;
      const session = new Session();
      session.connect();
      session.post("HeapProfiler.collectGarbage", (error) => {
        collected();
        // Not at once: a session that disconnects within its own answer hangs the process.
        setImmediate(() => {
          session.disconnect();
          if (error === null) resolve();
          else reject(error);
        });
      });
    }),
});
