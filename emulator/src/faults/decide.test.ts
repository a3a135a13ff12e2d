import fc from "fast-check";
import { decideFaults, matches } from "./decide";
import type { AnswerFault, FaultCount, InjectedFault } from "./fault";

const reset: AnswerFault = { kind: "reset", commit: "never" };

function injected(id: string, fields: Partial<InjectedFault> = {}): InjectedFault {
  return { id, operation: "*", match: {}, after: 0, times: 1, fault: reset, ...fields };
}

/** Returns the faults that replace the answers of these requests, in order. */
function run(faults: readonly InjectedFault[], requests: readonly Parameters<typeof decideFaults>[2][]) {
  let counts: ReadonlyMap<string, FaultCount> = new Map();
  return requests.map((request) => {
    const decision = decideFaults(faults, counts, request);
    counts = decision.counts;
    return decision.answer?.id;
  });
}

const read = { operation: "getExecution", executionId: "local-1", fileName: "key-a" };

test("later faults do not apply to a request that an earlier fault answers", () => {
  expect(run([injected("a"), injected("b")], [read, read, read])).toEqual(["a", "b", undefined]);
});

test("a fault of another operation or run does not count the request", () => {
  const faults = [injected("a", { operation: "ping" }), injected("b", { match: { executionId: "local-2" } })];
  expect(run(faults, [read, { operation: "ping" }, { ...read, executionId: "local-2" }])).toEqual([
    undefined,
    "a",
    "b",
  ]);
});

test("a request without a run only matches a fault without a run", () => {
  expect(matches({}, {})).toBe(true);
  expect(matches({ executionId: "local-1" }, {})).toBe(false);
  expect(matches({ fileNamePrefix: "k" }, { fileName: null })).toBe(false);
  expect(matches({ fileNamePrefix: "k" }, { fileName: "key" })).toBe(true);
});

test("faults that change how runs are shown combine with each other, and with a fault that answers", () => {
  const views = [
    injected("v", { times: "always", fault: { kind: "forget" }, match: { executionId: "local-9" } }),
    injected("w", { times: "always", fault: { kind: "lagging-list", seconds: 5 } }),
  ];
  const decision = decideFaults([...views, injected("a")], new Map(), read);
  expect(decision.views.map((view) => view.id)).toEqual(["v", "w"]);
  expect(decision.answer?.id).toBe("a");
});

test("a fault skips the first `after` requests, and applies to exactly `times` requests after them", () => {
  fc.assert(
    fc.property(fc.nat(8), fc.integer({ min: 1, max: 8 }), fc.nat(20), (after, times, requests) => {
      const fired = run([injected("a", { after, times })], Array(requests).fill(read));
      expect(fired).toEqual(
        Array.from({ length: requests }, (_, index) => (index >= after && index < after + times ? "a" : undefined)),
      );
    }),
  );
});
