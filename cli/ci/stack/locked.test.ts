import { observedOf } from "../testing/events";
import { type LockPorts, withLock } from "./locked";
import type { EngineResult } from "./session";

const LOCKED: EngineResult = {
  kind: "locked",
  observed: observedOf([]),
  reason: "error: [409] Conflict: Another update is currently in progress.",
  output: [],
};
const OWNER = "robot@ci-1 (pid 7) at 2026-03-01T12:00:00Z";

/** Ports with a clock that moves with each pause. They record the calls. */
function setUp() {
  let now = 0;
  const pauses: number[] = [];
  const complaints: string[] = [];
  const cancel = jest.fn(async () => undefined);
  const ports: LockPorts = {
    now: () => now,
    sleep: async (seconds) => {
      pauses.push(seconds);
      now += seconds * 1000;
    },
    printError: (text) => complaints.push(text),
    cancel,
    stopped: new AbortController().signal,
  };
  return { ports, pauses, complaints, cancel };
}

test("a locked command is tried again with growing pauses, until the timeout", async () => {
  const { ports, pauses, complaints, cancel } = setUp();
  const run = jest.fn(async () => LOCKED);
  const result = await withLock(run, { lockWaitSeconds: 100, exclusive: false }, ports);
  expect(result.kind).toBe("locked");
  expect(pauses.slice(0, 3)).toEqual([2, 3, 4.5]);
  expect(Math.max(...pauses)).toBe(15);
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(100);
  expect(run).toHaveBeenCalledTimes(pauses.length + 1);
  expect(cancel).not.toHaveBeenCalled();
  expect(complaints.at(-1)).toMatch(/^LYC5003: The stack is locked by another command\. It was waited for 100 s\./);
});

test("with --exclusive, the lock is removed once, and its owner is named", async () => {
  const { ports, pauses, complaints, cancel } = setUp();
  const lock = `  file:///state/.pulumi/locks/7.json: created by ${OWNER}`;
  const results: EngineResult[] = [
    { ...LOCKED, reason: `error: the stack is currently locked\n${lock}\n${lock}` },
    { ...LOCKED, kind: "succeeded" },
  ];
  const run = async () => results.shift() ?? LOCKED;
  expect((await withLock(run, { lockWaitSeconds: 100, exclusive: true }, ports)).kind).toBe("succeeded");
  expect([pauses, cancel.mock.calls]).toEqual([[], [[]]]);
  expect(complaints).toEqual([`The stack is locked by ${OWNER}. The lock is removed, because of --exclusive.`]);
});
