import { createHeapTrimmer, processHeap } from "./trim-heap";

/** A heap whose size is set by hand, and that a collection brings down to 50 MB. */
function createHeap(collect: () => Promise<void> = async () => undefined) {
  const heap = { size: 100e6, collections: 0, collected: 50e6 };
  return Object.assign(heap, {
    bytes: () => heap.size,
    collect: async () => {
      heap.collections += 1;
      await collect();
      heap.size = heap.collected;
    },
  });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("the first call collects, and a later one only when the heap has grown by a tenth since", async () => {
  const heap = createHeap();
  const trim = createHeapTrimmer(heap, () => 0);
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

test("a small heap has to grow by more than its tenth", async () => {
  const heap = createHeap();
  const trim = createHeapTrimmer(heap, () => 0);
  trim();
  await turn();
  heap.collected = 10e6;
  for (const [size, collections] of [
    [56e6, 2],
    [13e6, 2],
    [14.5e6, 3],
  ] as const) {
    heap.size = size;
    trim();
    await turn();
    expect(heap.collections).toBe(collections);
  }
});

test("collecting takes no more than a hundredth of the time, however fast the heap grows", async () => {
  let milliseconds = 0;
  const heap = createHeap(async () => {
    milliseconds += 300;
  });
  const trim = createHeapTrimmer(heap, () => milliseconds);
  for (; milliseconds < 300_000; milliseconds += 500) {
    heap.size = 100e6;
    trim();
    await turn();
  }
  expect(heap.collections).toBeGreaterThanOrEqual(9);
  expect(heap.collections).toBeLessThanOrEqual(10);
});

test("one collection at a time; after one that failed, no other", async () => {
  let fail: (error: Error) => void = () => undefined;
  const heap = createHeap(() => new Promise((_resolve, reject) => (fail = reject)));
  const trim = createHeapTrimmer(heap, () => 0);
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
  let told = 0;
  const heap = processHeap(() => {
    told += 1;
  });
  await heap.collect();
  expect(told).toBe(1);
  expect(holding.deref()).toBe(held);
  expect(dropped.deref()).toBeUndefined();
  expect(heap.bytes()).toBeGreaterThan(0);
});
