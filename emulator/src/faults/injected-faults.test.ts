import type { InjectedFault } from "./fault";
import { InjectedFaults } from "./injected-faults";

const RESET: Omit<InjectedFault, "id"> = {
  operation: "*",
  match: {},
  after: 0,
  times: 1,
  fault: { kind: "reset", commit: "never" },
};

/** Returns a function that shows whether a request still waits. */
function waiting(held: Promise<void>): () => Promise<boolean> {
  let waits = true;
  held.then(() => {
    waits = false;
  });
  return async () => {
    await new Promise(setImmediate);
    return waits;
  };
}

test("faults have numbers, and show how many requests they have matched and changed", () => {
  const faults = new InjectedFaults();
  const [first, second] = [faults.add({ ...RESET, after: 1 }), faults.add(RESET)];
  expect([first.id, second.id]).toEqual(["fault-1", "fault-2"]);
  const answers = [1, 2, 3].map(() => faults.decide({ operation: "ping" }).answer?.id);
  expect(answers).toEqual(["fault-2", "fault-1", undefined]);
  expect(faults.show().map(({ id, matched, fired, holding }) => [id, matched, fired, holding])).toEqual([
    ["fault-1", 3, 1, 0],
    ["fault-2", 2, 1, 0],
  ]);
});

test("a fault that has matched nothing shows zeros", () => {
  const faults = new InjectedFaults();
  faults.add(RESET);
  expect(faults.show()).toEqual([{ ...RESET, id: "fault-1", matched: 0, fired: 0, holding: 0 }]);
});

test("a release lets all requests go on that wait because of the fault, now and later", async () => {
  const faults = new InjectedFaults();
  const [{ id }, other] = [faults.add(RESET), faults.add(RESET)];
  const [one, two, kept] = [id, id, other.id].map((each) => waiting(faults.hold(each)));
  expect(faults.show().map(({ holding }) => holding)).toEqual([2, 1]);
  expect(faults.release(id)).toBe(2);
  expect([await one?.(), await two?.(), await kept?.()]).toEqual([false, false, true]);
  expect(await waiting(faults.hold(id))()).toBe(false);
  expect([faults.release(id), faults.release("fault-9")]).toEqual([0, undefined]);
  expect(faults.show().map(({ holding }) => holding)).toEqual([0, 1]);
});

test("a fault is removed alone or with all others, and then nothing waits for it", async () => {
  const faults = new InjectedFaults();
  const ids = [1, 2, 3].map(() => faults.add(RESET).id);
  const [first, ...others] = ids.map((id) => waiting(faults.hold(id)));
  expect([faults.remove("fault-1"), faults.remove("fault-1"), faults.remove("fault-9")]).toEqual([true, false, false]);
  expect([await first?.(), await others[0]?.()]).toEqual([false, true]);
  expect(faults.show().map(({ id }) => id)).toEqual(["fault-2", "fault-3"]);
  expect([faults.remove(), faults.remove(), faults.show()]).toEqual([true, false, []]);
  expect(await Promise.all(others.map((each) => each()))).toEqual([false, false]);
  expect(faults.decide({ operation: "ping" }).answer).toBeUndefined();
});
