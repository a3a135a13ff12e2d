import { parseMap, recordedRun } from "../testing/maps";
import { createVirtualClock } from "../testing/virtual-clock";
import type { Progress } from "../watch/row";
import { createWaitProgress } from "./wait-progress";

/** Makes the progress of a wait that began 10 s ago, and collects what its row shows. */
function progressOf(
  wanted: "none" | "status" | "output" = "output",
  showsTime = true,
  isSimulated = false,
  { attempts, retried }: { readonly attempts?: number; readonly retried?: readonly string[] } = {},
) {
  const clock = createVirtualClock();
  const begunAt = clock.now() - 10_000;
  const shown: Parameters<Progress["tick"]>[0][] = [];
  const asked: AbortSignal[] = [];
  const progress: Progress = {
    showsTime,
    tick: (facts) => void shown.push(facts),
    end: (facts) => void shown.push(facts),
  };
  const latestOutput = (_id: string, signal: AbortSignal) => {
    asked.push(signal);
    return { line: () => "last line" };
  };
  const made = createWaitProgress(
    { client: { isSimulated: () => isSimulated }, clock, progress, latestOutput } as unknown as Parameters<
      typeof createWaitProgress
    >[0],
    { progress: wanted, ...(attempts === undefined ? {} : { retries: parseMap({ retries: { attempts } }).retries }) },
    recordedRun("r1", { executionId: "r1", retriedExecutionIds: retried }),
    begunAt,
  );
  const run = (status: string, ago?: number) =>
    recordedRun("r1", {
      executionId: "r1",
      status,
      timeout: 60,
      ...(ago === undefined ? {} : { startedAt: new Date(clock.now() - ago * 1000).toISOString() }),
    });
  return { ...made, run, shown, asked, now: clock.now() };
}

test.each([
  ["pending", undefined, undefined, { elapsed: 10, limit: undefined, output: undefined }],
  ["stopping", 5, undefined, { elapsed: 10, limit: undefined, output: undefined }],
  ["running", 5, 3, { elapsed: 5, limit: 60, output: "last line" }],
  ["running", 0, 3, { elapsed: 0, limit: 60, output: "last line" }],
  ["running", 3599, 3, { elapsed: 3599, limit: 60, output: "last line" }],
  // Lyceum's clock differs from that of this machine.
  ["running", 3600, 3, { elapsed: 3, limit: 60, output: "last line" }],
  ["running", -1, 3, { elapsed: 3, limit: 60, output: "last line" }],
  ["running", undefined, 3, { elapsed: 3, limit: 60, output: "last line" }],
  ["running", undefined, undefined, { elapsed: 0, limit: 60, output: "last line" }],
])("the row of a run that is %s, began %s s ago and was seen running %s s ago", (status, ago, seen, facts) => {
  const { show, run, shown, now } = progressOf();
  show(run(status, ago), seen === undefined ? undefined : now - seen * 1000);
  expect(shown).toEqual([{ executionId: "r1", status, isSimulated: false, ...facts }]);
});

test.each([
  ["output", true, "running", 1],
  ["output", true, "pending", 0],
  ["output", false, "running", 0],
  ["status", true, "running", 0],
] as const)(
  "progress %s, times shown: %s, of a run that is %s asks for output %d times",
  (wanted, times, status, count) => {
    const { show, end, run, asked } = progressOf(wanted, times);
    for (const _tick of [1, 2]) show(run(status), undefined);
    expect(asked).toHaveLength(count);
    end(run("completed"));
    expect(asked.every((signal) => signal.aborted)).toBe(true);
  },
);

test("without progress nothing is shown; otherwise the last line has the status alone", () => {
  const none = progressOf("none");
  none.show(none.run("running"), undefined);
  none.end(none.run("completed"));
  expect(none.shown).toEqual([]);
  const { end, run, shown } = progressOf();
  end(run("completed"));
  expect(shown).toEqual([{ executionId: "r1", status: "completed", isSimulated: false }]);
});

test("the row knows whether the run is simulated, also at its end", () => {
  const { show, end, run, shown } = progressOf("status", true, true);
  show(run("running", 5), undefined);
  end(run("completed"));
  expect(shown.map(({ isSimulated }) => isSimulated)).toEqual([true, true]);
});

test.each([
  [["a", "b"], 3, "attempt 3 of 3"],
  [["a", "b"], 2, undefined],
  [undefined, 3, undefined],
])("after the runs %j, with %s attempts, the row shows: %s", (retried, attempts, attempt) => {
  const { show, run, shown } = progressOf("status", true, false, { attempts, ...(retried && { retried }) });
  show(run("running"), undefined);
  expect(shown[0]?.attempt).toBe(attempt);
});
