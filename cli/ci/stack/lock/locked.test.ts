import { observedOf } from "../../testing/events";
import type { EngineResult } from "../session";
import { locksIn, ownersOf } from "./lock-owner";
import { type LockPorts, withLock } from "./locked";
import type { NotedProcess } from "./own-processes";

const LOCKED: EngineResult = {
  kind: "locked",
  observed: observedOf([]),
  reason: "error: [409] Conflict: Another update is currently in progress.",
  output: [],
};
const AT = "2026-03-01T12:00:00Z";
const OWNER = `robot@ci-1 (pid 7) at ${AT}`;
const HELD: EngineResult = {
  ...LOCKED,
  reason: `error: the stack is currently locked\n  file:///state/.pulumi/locks/7.json: created by ${OWNER}\n`,
};
const ENDED: NotedProcess = {
  host: "ci-1",
  pid: 7,
  startedAt: Date.parse(AT) - 2000,
  file: "7-1.json",
  isAlive: false,
};

/** Makes fake ports that record their calls. Their clock moves with each pause. */
function setUp(noted: readonly NotedProcess[] = []) {
  let now = Date.parse(AT) + 12 * 60_000;
  const claimable = new Set(noted.map(({ file }) => file));
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
    processes: { noted: () => noted, claim: ({ file }) => claimable.delete(file) },
    stopped: new AbortController().signal,
  };
  return { ports, pauses, complaints, cancel };
}

test("a locked command is tried again with growing pauses, until the timeout", async () => {
  const { ports, pauses, complaints, cancel } = setUp();
  const run = jest.fn(async () => LOCKED);
  const result = await withLock(run, { lockWaitSeconds: 100 }, ports);
  expect(result.kind).toBe("locked");
  expect(pauses.slice(0, 3)).toEqual([2, 3, 4.5]);
  expect(Math.max(...pauses)).toBe(15);
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(100);
  expect(run).toHaveBeenCalledTimes(pauses.length + 1);
  expect(cancel).not.toHaveBeenCalled();
  expect(complaints.at(-1)).toMatch(
    /^LYC5003: The stack is locked by another command\. This command waited 100 s for it\./,
  );
});

test("a lock of a killed command of this machine is removed once, and its owner is named", async () => {
  const { ports, pauses, complaints, cancel } = setUp([ENDED]);
  const results = [HELD, { ...LOCKED, kind: "succeeded" } as const];
  const run = async () => results.shift() ?? LOCKED;
  expect((await withLock(run, { lockWaitSeconds: 100 }, ports)).kind).toBe("succeeded");
  expect([pauses, cancel.mock.calls]).toEqual([[], [[]]]);
  expect(complaints).toEqual([
    `The stack is locked by ${OWNER} (12 min ago), a command of this machine that was killed. Its lock is removed.`,
  ]);
});

test.each<[string, Partial<NotedProcess>]>([
  ["that still runs", { isAlive: true }],
  ["of another host", { host: "ci-2" }],
  ["of another process", { pid: 8 }],
  ["of a process that started later", { startedAt: Date.parse(AT) + 5000 }],
  ["of a process with the same number, long before", { startedAt: Date.parse(AT) - 3_600_000 }],
])("a lock %s is not removed, at any age", async (_what, change) => {
  const { ports, complaints, cancel } = setUp([{ ...ENDED, ...change }]);
  expect((await withLock(async () => HELD, { lockWaitSeconds: 86_400 }, ports)).kind).toBe("locked");
  expect(cancel).not.toHaveBeenCalled();
  expect(complaints.at(-1)).toContain(`LYC5003: The stack is locked by ${OWNER} (24 h ago).`);
});

test("a lock without a recorded owner, or that another command has just claimed, is not removed", async () => {
  for (const noted of [[], [ENDED]]) {
    const { ports, cancel } = setUp(noted);
    const claimed = { ...ports, processes: { ...ports.processes, claim: () => false } };
    expect((await withLock(async () => HELD, { lockWaitSeconds: 0 }, claimed)).kind).toBe("locked");
    expect(cancel).not.toHaveBeenCalled();
  }
});

test("with several locks, all owners must have ended", async () => {
  const second = HELD.reason.replace("pid 7", "pid 8").split("\n")[1];
  const held = { ...HELD, reason: `${HELD.reason}${second}\n` };
  const { ports, cancel } = setUp([ENDED]);
  expect((await withLock(async () => held, { lockWaitSeconds: 0 }, ports)).kind).toBe("locked");
  expect(cancel).not.toHaveBeenCalled();
});

test.each([
  [59, "59 s"],
  [-5, "0 s"],
  [60, "1 min"],
  [119 * 60, "119 min"],
  [120 * 60, "2 h"],
])("the age of a lock that was taken %d seconds ago is %s", (seconds, age) => {
  const locks = locksIn(HELD.reason);
  expect(ownersOf(locks, Date.parse(AT) + seconds * 1000)).toBe(`${OWNER} (${age} ago)`);
});
