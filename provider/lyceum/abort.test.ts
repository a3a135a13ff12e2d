import { createVirtualClock } from "../lifecycle/testing/virtual-clock";
import { createAbort } from "./abort";
import { LyceumError } from "./errors";
import type { AbortAnswer, CallOptions, Lookup } from "./port";

const failure = (status: number, more: object = {}) =>
  new LyceumError({ code: "LYC1108", message: "no", status, ...more });
type Answer = LyceumError | Error | "noted" | "missing" | "none";

/**
 * An abort whose sends get these answers in order. All further sends get the last answer. `sent` has the options of
 * each send.
 */
function aborting(...answers: readonly Answer[]) {
  const clock = createVirtualClock();
  const sent: CallOptions[] = [];
  const abort = async (_id: string, options?: CallOptions): Promise<Lookup<AbortAnswer>> => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push(options ?? {});
    if (answer === "noted") return { kind: "found", value: {} as AbortAnswer };
    if (answer === "missing") return { kind: "missing", error: failure(404) };
    if (answer instanceof Error) throw answer;
    return new Promise(() => undefined);
  };
  const begunAt = clock.now();
  const made = createAbort({ client: { abort }, now: clock.now }, "r1", begunAt + 60_000);
  return { ...made, clock, sent, begunAt };
}

test("an accepted abort is not sent again, and counts from its sending", async () => {
  const { begin, look, acceptedAt, answer, sent, clock, begunAt } = aborting("noted");
  expect(acceptedAt()).toBeUndefined();
  await begin();
  await clock.sleep(100);
  expect([look("active"), look("active"), look("ended")]).toEqual([undefined, undefined, "ended"]);
  expect([acceptedAt(), answer()?.kind, sent.length]).toEqual([begunAt, "noted", 1]);
  expect(sent[0]).toMatchObject({ sentOnce: true, timeoutSeconds: 60 });
});

test("a run that is stopping has its abort accepted, whatever the answer is", async () => {
  const { begin, look, acceptedAt, begunAt, clock } = aborting(failure(503));
  await begin();
  await clock.sleep(5);
  look("active");
  expect(acceptedAt()).toBeUndefined();
  look("stopping");
  expect(acceptedAt()).toBe(begunAt);
});

test.each<[string, Answer, readonly number[]]>([
  ["after 1, 3, 10 and 30 s", failure(503), [0, 1, 4, 14, 44]],
  ["after the time that the answer asks for", failure(503, { retryAfterSeconds: 7 }), [0, 7, 14, 24, 54]],
  ["after 30 s without an answer", "none", [0, 30, 60, 90, 120]],
])("an abort without a clear answer is sent up to five times, %s", async (_, answer, expected) => {
  const { begin, look, sent, clock, begunAt } = aborting(answer);
  const times: number[] = [];
  void begin();
  for (let second = 0; second < 200; second += 1) {
    while (times.length < sent.length) times.push((clock.now() - begunAt) / 1000);
    for (const _look of [1, 2]) look("active");
    await clock.sleep(1);
  }
  expect(times.slice(0, 5).map((time, index) => Math.abs(time - (expected[index] ?? 0)) <= 1)).toEqual(
    Array(5).fill(true),
  );
  expect(times).toHaveLength(5);
});

test.each<[string, Answer, string, string | undefined]>([
  ["a refused abort of an active run", failure(403), "active", "refused"],
  ["an unknown run", "missing", "missing", "unknown"],
])("%s is decided at the second observation", async (_, answer, seen, expected) => {
  const { begin, look } = aborting(answer);
  await begin();
  expect([look(seen as "active"), look(seen as "active")]).toEqual([undefined, expected]);
});

test("only an abort that was never sent is unsent", async () => {
  const error = new LyceumError({ code: "LYC1201", message: "no connection" });
  const abort = aborting(error);
  expect(abort.unsent()).toBeUndefined();
  await abort.begin();
  expect(abort.unsent()).toBe(error);
  await abort.begin();
  expect(abort.unsent()).toBeUndefined();
  const answered = aborting(failure(503));
  await answered.begin();
  expect(answered.unsent()).toBeUndefined();
});

test.each<[string, readonly Answer[], string]>([
  ["no answer", ["none"], "POST /workloads/abort/{id} gave no answer within 5 s"],
  ["a time-out", [new LyceumError({ code: "LYC1203", message: "late" })], "gave no answer within 5 s"],
  ["an answer", [failure(503)], "POST /workloads/abort/{id} answered 503"],
  ["a second answer", [failure(500), failure(503)], "answered 503 (sent 2 times)"],
  ["what the service reports", [failure(503, { reported: "busy" })], "answered 503, and reports: busy"],
])("the words for an abort with %s", async (_, answers, expected) => {
  const { begin, inWords, clock } = aborting(...answers);
  for (const _send of answers) void begin();
  await clock.sleep(5);
  expect(inWords().endsWith(expected)).toBe(true);
});

test("an error of this package's own code is thrown, and a stopped abort takes no answer", async () => {
  const broken = aborting(new TypeError("a bug"));
  await broken.begin();
  expect(() => broken.look("active")).toThrow("a bug");
  const stopped = aborting("noted");
  stopped.stop();
  await stopped.begin();
  expect([stopped.answer(), stopped.acceptedAt(), stopped.sent[0]?.signal?.aborted]).toEqual([
    undefined,
    undefined,
    true,
  ]);
});
