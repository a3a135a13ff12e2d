import { withLock } from "./locked";
import type { EngineResult } from "./session";

const LOCKED: EngineResult = {
  kind: "locked",
  observed: { steps: [], messages: [], ended: [], counts: {} },
  reason: "error: [409] Conflict: Another update is currently in progress.",
  output: [],
};

test("a lock is asked for again in pauses that grow, until the time is over", async () => {
  let now = 0;
  let tries = 0;
  const pauses: number[] = [];
  const complaints: string[] = [];
  const run = async () => {
    tries += 1;
    return LOCKED;
  };
  const result = await withLock(
    run,
    { lockWaitSeconds: 100, exclusive: false },
    {
      facts: { host: "ci-1", seesAll: true, begun: () => "dead" },
      now: () => now,
      sleep: async (seconds) => {
        pauses.push(seconds);
        now += seconds * 1000;
      },
      printError: (text) => complaints.push(text),
      cancel: async () => undefined,
      stopped: new AbortController().signal,
    },
  );
  expect(result.kind).toBe("locked");
  expect(pauses.slice(0, 3)).toEqual([2, 3, 4.5]);
  expect(Math.max(...pauses)).toBe(15);
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(100);
  expect(tries).toBe(pauses.length + 1);
  expect(complaints.at(-1)).toMatch(/^LYC5003: The stack is locked by another command\. It was waited for 100 s\./);
});
