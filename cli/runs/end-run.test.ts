import { createVirtualClock } from "../../provider/lifecycle/testing/virtual-clock";
import type { LyceumErrorCode } from "../../provider/lyceum/catalogue";
import { LyceumError } from "../../provider/lyceum/errors";
import type { ExecutionRecord, LyceumPort } from "../../provider/lyceum/port";
import { endRun } from "./end-run";
import { clientWith } from "./testing/client";

const failing = (code: LyceumErrorCode, status?: number) => new LyceumError({ code, message: `odd ${code}`, status });
const refusing = (code: LyceumErrorCode, status?: number) => () => Promise.reject(failing(code, status));

/** Aborts a run that stops two seconds after an abort takes effect. `answer` returns the answer to each abort. */
function ending(answer: (number: number, carryOut: () => void) => ReturnType<LyceumPort["abort"]>) {
  const clock = createVirtualClock();
  const notes: string[] = [];
  let abortedAt: number | undefined;
  let sent = 0;
  const record = (): ExecutionRecord => {
    const since = abortedAt === undefined ? undefined : clock.now() - abortedAt;
    if (since === undefined) return { status: "running", errors: [] };
    return since < 2000 ? { status: "cancelling", errors: [] } : { status: "aborted", returnCode: 143, errors: [] };
  };
  const client = clientWith({
    record: async () => ({ kind: "found", value: record() }),
    listActive: async () => ({ executions: [], unreadable: 0, hasMore: false }),
    abort: () => {
      sent += 1;
      return answer(sent, () => {
        abortedAt ??= clock.now();
      });
    },
  });
  const stop = new AbortController();
  const begunAt = clock.now();
  const end = (waits = true) =>
    endRun({ client, now: clock.now, sleep: clock.sleep, stopped: stop.signal }, "run-1", {
      waits,
      note: (text) => notes.push(text),
    });
  return { clock, notes, stop, end, sent: () => sent, seconds: () => (clock.now() - begunAt) / 1000 };
}

const accepted = async () => ({ kind: "found", value: {} }) as const;

test("after an accepted abort, only the end of the run is success", async () => {
  const world = ending(async (_number, carryOut) => {
    carryOut();
    return accepted();
  });
  expect(await world.end()).toEqual({ status: "aborted", returnCode: 143, ended: true, isAccepted: true });
  expect(world.notes).toEqual([
    expect.stringMatching(/^The abort was sent; waiting .* \^C ends the wait, not the abort/),
  ]);
  expect(world.sent()).toBe(1);
});

test.each([
  ["500", refusing("LYC1108", 500)],
  ["a cut", refusing("LYC1204")],
  ["409", refusing("LYC1113", 409)],
  ["403", refusing("LYC1102", 403)],
  ["a page", refusing("LYC1111", 200)],
  ["nothing", () => new Promise<never>(() => undefined)],
])("an abort that takes effect succeeds, even when the answer is %s", async (_name, answer) => {
  const world = ending((_number, carryOut) => {
    carryOut();
    return answer();
  });
  expect(await world.end()).toMatchObject({ ended: true, isAccepted: true });
  expect(world.sent()).toBe(1);
  expect(world.notes.join()).not.toContain("no clear answer");
});

test("an abort that takes 45 s succeeds", async () => {
  const world = ending(async (_number, carryOut) => {
    await world.clock.sleep(45);
    carryOut();
    return accepted();
  });
  expect(await world.end()).toMatchObject({ ended: true });
  expect(world.notes).toEqual([
    "The abort was sent, but Lyceum has not accepted it yet; waiting until the run has ended.",
  ]);
});

test("an abort that fails at first is sent again", async () => {
  const world = ending(async (number, carryOut) => {
    if (number < 3) throw failing("LYC1108", 503);
    carryOut();
    return accepted();
  });
  expect(await world.end()).toMatchObject({ ended: true });
  expect(world.sent()).toBe(3);
});

test.each([
  [true, 330, 5],
  [false, 30, 4],
])("an abort without effect is reported as a failure (waits: %p)", async (waits, seconds, times) => {
  const world = ending(refusing("LYC1108", 500));
  expect(await world.end(waits)).toEqual({ status: "running", ended: false, isAccepted: false });
  expect(world.notes.at(-1)).toBe(
    `The abort got no clear answer: POST /workloads/abort/{id} answered 500 (sent ${times} times).`,
  );
  expect(world.seconds()).toBe(seconds);
});

test("a refused abort of an active run is an error, and so is an abort that cannot be sent", async () => {
  const refused = ending(refusing("LYC1102", 403));
  await expect(refused.end()).rejects.toMatchObject({ code: "LYC1102" });
  expect([refused.sent(), refused.seconds()]).toEqual([1, 1]);
  const unsent = ending(refusing("LYC1201"));
  await expect(unsent.end()).rejects.toMatchObject({ code: "LYC1201" });
});

test("without a wait, the answer to the abort is enough", async () => {
  const world = ending(async (_number, carryOut) => {
    carryOut();
    return accepted();
  });
  expect(await world.end(false)).toEqual({ status: "cancelling", ended: false, isAccepted: true });
  expect(world.seconds()).toBe(0);
});

test("^C ends the wait, and sends nothing more", async () => {
  const world = ending(refusing("LYC1108", 500));
  void world.clock.sleep(2.5).then(() => world.stop.abort());
  await world.end();
  const sent = world.sent();
  await world.clock.sleep(100);
  expect(world.sent()).toBe(sent);
  expect(world.notes).toHaveLength(1);
});
