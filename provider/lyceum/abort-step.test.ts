import { type AbortFacts, abortOutcome, MOST_SENDS, nextAbortStep, seenRun } from "./abort-step";
import type { LyceumErrorCode } from "./catalogue";
import { LyceumError } from "./errors";

const failing = (code: LyceumErrorCode, status?: number) => new LyceumError({ code, message: "odd", status });

describe("what an abort was answered", () => {
  test("a 2xx answer means that the abort is noted, and a 404 that the run is missing", async () => {
    const error = failing("LYC1103", 404);
    expect(await abortOutcome(Promise.resolve({ kind: "found", value: {} }))).toEqual({ kind: "noted" });
    expect(await abortOutcome(Promise.resolve({ kind: "missing", error }))).toEqual({ kind: "missing", error });
  });

  test.each<[string, LyceumError]>([
    ...[400, 401, 403, 405, 406, 410, 415, 422, 501].map((status): [string, LyceumError] => [
      "refused",
      failing("LYC1110", status),
    ]),
    ["refused", failing("LYC1109", 307)],
    ["unsent", failing("LYC1112")],
    ["unsent", failing("LYC1201")],
    ["unsent", failing("LYC1202")],
    ["unsent", failing("LYC1205")],
    ...[402, 408, 409, 412, 418, 423, 425, 429, 499, 500, 502, 503, 504, 505].map((status): [string, LyceumError] => [
      "unclear",
      failing("LYC1110", status),
    ]),
    // The answer is a page, or is incomplete. Lyceum may have carried out the abort.
    ["unclear", failing("LYC1111", 200)],
    ["unclear", failing("LYC1111")],
    ["unclear", failing("LYC1203")],
    ["unclear", failing("LYC1204")],
    ["unclear", failing("LYC1206")],
  ])("%s: %s", async (kind, error) => {
    expect(await abortOutcome(Promise.reject(error))).toEqual({ kind, error });
  });

  test("an error that is not an answer of the service is thrown", async () => {
    await expect(abortOutcome(Promise.reject(new TypeError("ours")))).rejects.toThrow("ours");
  });
});

test.each([
  [{ status: "aborted" }, "ended"],
  [{ status: "completed", returnCode: 0 }, "ended"],
  [{ status: "cancelling" }, "stopping"],
  [{ status: "cancelling", returnCode: 143, endedAt: "2026-03-01T12:00:00Z" }, "ended"],
  [{ status: "running" }, "active"],
  [{ status: "pending" }, "active"],
  [{ status: "a new word" }, "active"],
])("a run with the facts %j is %s", (run, seen) => expect(seenRun(run)).toBe(seen));

describe("the next step of an abort", () => {
  const step = (facts: Partial<AbortFacts>) =>
    nextAbortStep({
      seen: "active",
      looks: 2,
      answer: "unclear",
      isAccepted: false,
      sends: 1,
      seconds: 60,
      retryAfterSeconds: 0,
      ...facts,
    });
  const answers = [undefined, "noted", "missing", "refused", "unsent", "unclear"] as const;

  test.each(answers)("a run that has ended has ended, after every answer: %s", (answer) => {
    for (const isAccepted of [true, false])
      for (const looks of [1, 2]) expect(step({ seen: "ended", answer, isAccepted, looks })).toBe("ended");
  });

  test.each(answers)(
    "the next step for a stopping run, and for a run with an accepted abort, is to wait, after every answer: %s",
    (answer) => {
      for (const seen of ["stopping", "active", "missing", "hidden", "nothing"] as const)
        expect(step({ seen, answer, isAccepted: true })).toBe("wait");
    },
  );

  test.each(answers)("an observation that shows nothing has no step, after every answer: %s", (answer) => {
    for (const seen of ["hidden", "nothing", "stopping"] as const) expect(step({ seen, answer })).toBe("wait");
  });

  test.each([
    ["refused", "active", "refused"],
    ["refused", "missing", "unknown"],
    ["missing", "missing", "unknown"],
    ["missing", "active", "send"],
    ["unclear", "active", "send"],
    ["unsent", "active", "send"],
    [undefined, "active", "send"],
    ["unclear", "missing", "wait"],
    ["unsent", "missing", "wait"],
    [undefined, "missing", "wait"],
  ] as const)("answered %s and seen %s: %s, from the second look on", (answer, seen, then) => {
    expect(step({ answer, seen })).toBe(then);
    expect(step({ answer, seen, looks: 1 })).toBe("wait");
  });

  test.each([
    ["unclear", 1, 1],
    ["unclear", 2, 3],
    ["missing", 3, 10],
    ["unclear", 4, 30],
    // Without an answer, the abort is sent again only after 30 s.
    [undefined, 1, 30],
    [undefined, 4, 30],
  ] as const)("answered %s after %d times, it is sent again after %d s", (answer, sends, seconds) => {
    expect(step({ answer, sends, seconds })).toBe("send");
    expect(step({ answer, sends, seconds: seconds - 0.1 })).toBe("wait");
  });

  test("it is sent again at the time that the service asked for, and at most five times", () => {
    expect(step({ seconds: 19, retryAfterSeconds: 20 })).toBe("wait");
    expect(step({ seconds: 20, retryAfterSeconds: 20 })).toBe("send");
    for (const answer of answers) expect(step({ answer, sends: MOST_SENDS, seconds: 1e6 })).not.toBe("send");
  });
});
