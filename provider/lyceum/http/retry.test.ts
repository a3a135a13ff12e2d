import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { isGap } from "../capability";
import { CATALOGUE } from "../catalogue";
import { answerError } from "./failures";
import { type AttemptOutcome, nextAttempt, parseRetryAfter, RETRY_LIMITS } from "./retry";

const first = { attempt: 1, idempotent: true, elapsed: 0, random: 0 };
const status = (code: number, retryAfterSeconds?: number): AttemptOutcome => ({
  kind: "status",
  status: code,
  retryAfterSeconds,
});

test.each([408, 425, 429, 500, 502, 503, 504, 529])("a call answered %d is tried again", (code) => {
  expect(nextAttempt({ ...first, outcome: status(code) })).toEqual({ kind: "retry", delaySeconds: 0.25 });
});

test.each([301, 302, 307, 400, 401, 402, 403, 404, 405, 409, 410, 422, 501, 505])(
  "a call answered %d is not tried again",
  (code) => {
    expect(nextAttempt({ ...first, outcome: status(code, 1) })).toEqual({ kind: "give-up" });
  },
);

const all = Array.from({ length: 300 }, (_, index) => 300 + index);
const retried = all.filter((code) => nextAttempt({ ...first, outcome: status(code) }).kind === "retry");

// A 408 is a time-out, and the next command may get another answer.
test.each(retried.filter((code) => code < 500 && code !== 408))(
  "%d is tried again, so it is in failures.ts (CODE_OF_STATUS), catalogue.ts (the title of its code) and capability.ts (LASTING)",
  (code) => {
    const context = { operation: "getExecution", baseUrl: "", tokenSource: "", attempts: 1 } as const;
    const error = answerError({ ...context, redact: (text) => text }, { status: code, body: "" });
    expect(CATALOGUE[error.code].title).toContain(String(code));
    expect(isGap(error)).toBe(true);
  },
);

test("of all statuses below 500, only 408, 425 and 429 are tried again; of those from 500 on, all but 501 and 505", () => {
  expect(retried.filter((code) => code < 500)).toEqual([408, 425, 429]);
  expect(all.filter((code) => code >= 500 && !retried.includes(code))).toEqual([501, 505]);
});

test("a call is tried again after an error that may pass and after an answer that cannot be read", () => {
  expect(nextAttempt({ ...first, outcome: { kind: "failure", passing: true } }).kind).toBe("retry");
  expect(nextAttempt({ ...first, outcome: { kind: "failure", passing: false } }).kind).toBe("give-up");
  expect(nextAttempt({ ...first, outcome: { kind: "unreadable" } }).kind).toBe("retry");
});

test("a call that does harm twice is never tried again", () => {
  for (const outcome of [status(429, 1), status(503), { kind: "failure", passing: true } as const]) {
    expect(nextAttempt({ ...first, outcome, idempotent: false })).toEqual({ kind: "give-up" });
  }
});

test("the backoff doubles, with jitter from half of it to all of it", () => {
  const delays = (random: number) =>
    [1, 2, 3, 4, 5].map((attempt) => {
      const next = nextAttempt({ ...first, attempt, random, outcome: status(500) });
      return next.kind === "retry" ? next.delaySeconds : next.kind;
    });
  expect(delays(0)).toEqual([0.25, 0.5, 1, 2, "give-up"]);
  expect(delays(1)).toEqual([0.5, 1, 2, 4, "give-up"]);
});

test("the wait that the service asks for is kept, up to a limit", () => {
  expect(nextAttempt({ ...first, outcome: status(429, 7) })).toEqual({ kind: "retry", delaySeconds: 7 });
  expect(nextAttempt({ ...first, random: 1, outcome: status(429, 7) })).toEqual({ kind: "retry", delaySeconds: 7.5 });
  expect(nextAttempt({ ...first, outcome: status(429, 30) })).toEqual({ kind: "retry", delaySeconds: 30 });
  expect(nextAttempt({ ...first, outcome: status(429, 31) })).toEqual({ kind: "give-up" });
  expect(nextAttempt({ ...first, elapsed: 83, outcome: status(429, 7) })).toEqual({ kind: "retry", delaySeconds: 7 });
  expect(nextAttempt({ ...first, elapsed: 85, outcome: status(429, 7) })).toEqual({ kind: "give-up" });
});

test("docs/reference/errors.md has the number of attempts and the longest `Retry-After` of RETRY_LIMITS", () => {
  const page = readFileSync(join(__dirname, "../../../docs/reference/errors.md"), "utf8");
  const { attempts, longestRetryAfter } = RETRY_LIMITS;
  expect(page).toContain(`has sent the request up to ${attempts} times.`);
  expect(page).toContain(`asks for a wait of more than ${longestRetryAfter} s, the provider does not repeat`);
});

test("a caller may set fewer attempts", () => {
  expect(nextAttempt({ ...first, attempts: 1, outcome: status(500) })).toEqual({ kind: "give-up" });
});

test("the waits of one call are few and bounded for all outcomes", () => {
  const outcome = fc.oneof(
    fc.record({
      kind: fc.constant("status" as const),
      status: fc.integer({ min: 100, max: 599 }),
      retryAfterSeconds: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined }),
    }),
    fc.record({ kind: fc.constant("failure" as const), passing: fc.boolean() }),
    fc.constant({ kind: "unreadable" as const }),
  );
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(outcome, random), { minLength: 10, maxLength: 10 }), (attempts) => {
      let waited = 0;
      let retries = 0;
      for (const [index, [each, jitter]] of attempts.entries()) {
        const next = nextAttempt({
          attempt: index + 1,
          outcome: each,
          idempotent: true,
          elapsed: waited,
          random: jitter,
        });
        if (next.kind === "give-up") break;
        expect(next.delaySeconds).toBeGreaterThan(0);
        waited += next.delaySeconds;
        retries += 1;
      }
      expect(retries).toBeLessThan(RETRY_LIMITS.attempts);
      expect(waited).toBeLessThanOrEqual(RETRY_LIMITS.elapsed);
    }),
  );
});

describe("Retry-After", () => {
  const now = Date.parse("2030-01-02T03:04:05Z");
  test.each([
    ["3", 3],
    [" 0 ", 0],
    ["1.5", 1.5],
    ["1.25", 1.25],
    ["Wed, 02 Jan 2030 03:04:35 GMT", 30],
    ["Wednesday, 02-Jan-30 03:04:35 GMT", 30],
    ["Wed, 02 Jan 2030 03:00:00 GMT", 0],
    ["Wed, 02 Jan 2030 03:04:35 +0000", 30],
    // Date.parse would accept these texts as a time.
    ["at Wed, 02 Jan 2030 03:04:35 +0000", undefined],
    ["Wed, 02 Jan 30 03:04:35", undefined],
    ["02 Jan 2030 03:04:35 GMT (or so)", undefined],
    [undefined, undefined],
    ["", undefined],
    ["-5", undefined],
    ["soon", undefined],
    ["5 minutes", undefined],
    ["Infinity", undefined],
    ["99999999999999", undefined],
  ])("the header %j means %j seconds", (header, seconds) => expect(parseRetryAfter(header, now)).toBe(seconds));
});
