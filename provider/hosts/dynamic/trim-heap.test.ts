import { createHeapTrimmer, processHeap } from "./trim-heap";

/** A heap whose size is set by hand, and that a collection brings down to 50 MB. */
function createHeap(collect: () => Promise<void> = async () => undefined) {
  const heap = { size: 100e6, collections: 0 };
  return Object.assign(heap, {
    bytes: () => heap.size,
    collect: async () => {
      heap.collections += 1;
      await collect();
      heap.size = 50e6;
    },
  });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("the first call collects, and a later one only when the heap has grown by a tenth since", async () => {
  const heap = createHeap();
  const trim = createHeapTrimmer(heap);
  trim();
  await turn();
  trim();
  await turn();
  expect(heap.collections).toBe(1);
  heap.size = 54e6;
  trim();
  await turn();
  expect(heap.collections).toBe(1);
  heap.size = 56e6;
  trim();
  await turn();
  expect(heap.collections).toBe(2);
});

test("one collection at a time; after one that failed, no other", async () => {
  let fail: (error: Error) => void = () => undefined;
  const heap = createHeap(() => new Promise((_resolve, reject) => (fail = reject)));
  const trim = createHeapTrimmer(heap);
  trim();
  trim();
  fail(new Error("no inspector"));
  await turn();
  trim();
  await turn();
  expect(heap.collections).toBe(1);
});

test("the process's own heap is collected: what nobody holds is gone, and it goes on", async () => {
  const held = { kept: true };
  const [holding, dropped] = [new WeakRef(held), new WeakRef({ kept: false })];
  // A weak reference holds what it was asked for to the end of the turn.
  await turn();
  await processHeap.collect();
  expect(holding.deref()).toBe(held);
  expect(dropped.deref()).toBeUndefined();
  expect(processHeap.bytes()).toBeGreaterThan(0);
});
