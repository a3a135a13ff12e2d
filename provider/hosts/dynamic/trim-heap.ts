import type * as Inspector from "node:inspector";

/** The heap of a process, as far as it is trimmed. */
export interface Heap {
  /** Bytes that the heap takes from the machine, used or not. */
  bytes(): number;
  /** Takes all garbage away, and gives the machine back what that frees. */
  collect(): Promise<void>;
}

/**
 * A collection, some tenth of a second, is worth it when the heap has grown by this part since the last one: the larger the
 * heap, the longer it takes.
 */
const WORTH = 0.1;

/**
 * Trims a heap while only time passes. Loading the host and starting many runs leaves as much garbage as there is use, and
 * V8 keeps it for as long as little is asked of it: for the whole of a wait. The first call collects; later ones do when
 * the heap has grown by a tenth since. A heap that cannot be collected is let be.
 */
export function createHeapTrimmer(heap: Heap): () => void {
  let trimmed = 0;
  let busy = false;
  return () => {
    if (busy || heap.bytes() < trimmed * (1 + WORTH)) return;
    busy = true;
    heap.collect().then(
      () => {
        trimmed = heap.bytes();
        busy = false;
      },
      // It stays busy: what failed once would fail each time.
      () => undefined,
    );
  };
}

/** This process's own heap. */
export const processHeap: Heap = {
  bytes: () => process.memoryUsage().heapTotal,
  collect: () =>
    new Promise((resolve, reject) => {
      // Within the promise, since a Node may be built without it. No port is opened, and a debugger is not disturbed.
      const { Session } = require("node:inspector") as typeof Inspector;
      const session = new Session();
      session.connect();
      session.post("HeapProfiler.collectGarbage", (error) => {
        // Not at once: a session that disconnects within its own answer hangs the process.
        setImmediate(() => {
          session.disconnect();
          if (error === null) resolve();
          else reject(error);
        });
      });
    }),
};
