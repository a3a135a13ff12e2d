import { DEVIATIONS } from "./testing/deviations";
import type { Deviation, HttpAnswer } from "./testing/http-service";
import { active, createStack, LONG, READS, type Stack } from "./testing/stack";

// Tests late, missing and wrong answers to an abort, and refusals. The status of the run decides what the command does.
// The tests use the real client and host in virtual time. The delete clock is 60 s.

const status =
  (code: number): ((answer: HttpAnswer) => HttpAnswer) =>
  () => ({ status: code, body: JSON.stringify({ detail: `odd ${code}` }) });
const alter = (change: (answer: HttpAnswer) => HttpAnswer, how: Omit<Deviation, never> | object = {}): Deviation =>
  Object.assign((answer: HttpAnswer) => change(answer), how);
const plain = (answer: HttpAnswer): HttpAnswer => answer;
const refusing = (code: number): Deviation => alter(status(code), { refuses: true });
const page = (): HttpAnswer => ({ status: 200, body: "<html><title>Sign in</title></html>" });

async function stackWithRun(): Promise<Stack> {
  const stack = createStack(LONG);
  expect((await stack.run("up")).result.errors).toEqual([]);
  return stack;
}

const aborts = (requests: readonly string[]) => requests.filter((request) => request.startsWith("abort")).length;

/** Answers to an abort that the service carries out. */
const carriedOut: readonly (readonly [string, Deviation])[] = [
  ["that takes 45 s", alter(plain, { answersAfter: 45, worksAfter: 45 })],
  ["that is carried out at once and answered after 45 s", alter(plain, { answersAfter: 45 })],
  ["that is carried out after 40 s and never answered", alter(plain, { answersAfter: 5000, worksAfter: 40 })],
  ["answered at once, and carried out after 40 s", alter(plain, { worksAfter: 40 })],
  ["answered 500", alter(status(500))],
  ["answered 503 after 10 s", alter(status(503), { answersAfter: 10 })],
  ["answered 504, and carried out 20 s later", alter(status(504), { answersAfter: 10, worksAfter: 30 })],
  ["whose connection is cut", alter(plain, { cuts: true })],
  ["whose connection is cut after 35 s", alter(plain, { cuts: true, answersAfter: 35 })],
  ["whose connection is cut, and that is carried out 30 s later", alter(plain, { cuts: true, worksAfter: 30 })],
  ["answered with a page", alter(page)],
  ["answered with half an object", alter(() => ({ status: 200, body: '{"execution_id": "ru' }))],
  ["answered with more than 8 MB", alter(() => ({ status: 200, body: `{"a":"${"x".repeat(9 * 1024 * 1024)}"}` }))],
  ["answered 200 with nothing", alter(() => ({ status: 200, body: "" }))],
  ["answered 204", alter(() => ({ status: 204, body: "" }))],
  ["answered for another run", alter(() => ({ status: 200, body: '{"execution_id":"other","status":"running"}' }))],
  ...[400, 401, 402, 403, 404, 405, 408, 409, 410, 412, 418, 422, 423, 425, 429, 451, 499, 501, 502, 522, 599].map(
    (code) => [`answered ${code}`, alter(status(code))] as const,
  ),
  ["answered with a redirect", alter(() => ({ status: 307, body: "", location: "https://elsewhere.example/x" }))],
];

describe.each(carriedOut)("an abort %s, which is carried out,", (_name, deviation) => {
  test("allows destroy to succeed", async () => {
    const stack = await stackWithRun();
    stack.http.deviate("abort", deviation);
    const { result, requests, reported } = await stack.run("destroy");
    expect(result).toEqual({ kind: "ok", errors: [] });
    expect(active(stack)).toEqual([]);
    expect(aborts(requests)).toBeLessThanOrEqual(5);
    expect(reported.join("\n")).not.toMatch(/cancelled|LYC1206/);
  });

  test("allows a replacement to start its run, once", async () => {
    const stack = await stackWithRun();
    stack.http.deviate("abort", deviation);
    expect((await stack.run("up", { text: 2 })).result).toEqual({ kind: "ok", errors: [] });
    expect([active(stack), stack.service.runs.length]).toEqual([["run-2"], 2]);
  });
});

test("an abort is not sent again while the run is being stopped", async () => {
  for (const deviation of [alter(status(500)), alter(plain, { cuts: true }), alter(plain, { answersAfter: 5000 })]) {
    const stack = await stackWithRun();
    stack.service.behaviour.stopTakes = 50;
    stack.http.deviate("abort", deviation);
    const { result, requests } = await stack.run("destroy");
    expect([result.kind, aborts(requests)]).toEqual(["ok", 1]);
  }
});

test.each([
  ["500", refusing(500)],
  ["404", refusing(404)],
  ["409", refusing(409)],
  ["412", refusing(412)],
  ["429", refusing(429)],
  ["a cut", alter(plain, { refuses: true, cuts: true })],
  ["a page", alter(page, { refuses: true })],
])("an abort answered with %s for 15 s, and not carried out, is sent again until it is", async (_name, deviation) => {
  const stack = await stackWithRun();
  stack.http.deviate("abort", deviation);
  void stack.clock.sleep(15).then(() => stack.http.deviate("abort", undefined));
  expect((await stack.run("destroy")).result).toEqual({ kind: "ok", errors: [] });
  expect(active(stack)).toEqual([]);
});

/** Answers to an abort that the service never carries out. The run stays active and stays in the state. */
const ignored: readonly (readonly [string, Deviation, RegExp, number])[] = [
  [
    "answered 500",
    refusing(500),
    /^LYC3005: The delete clock \(60 s\).*no clear answer.*500 \(sent 5 times\).*odd 500/,
    5,
  ],
  ["answered 409", refusing(409), /^LYC3005: .*no clear answer.*answered 409 \(sent 5 times\).*odd 409/, 5],
  ["answered 429", refusing(429), /^LYC3005: .*no clear answer.*answered 429/, 5],
  ["cut", alter(plain, { refuses: true, cuts: true }), /^LYC3005: .*closed the connection before its answer was/, 5],
  ["answered with a page", alter(page, { refuses: true }), /^LYC3005: .*answered 200 in a shape that is not known/, 5],
  ["never answered", alter(plain, { refuses: true, answersAfter: 5000 }), /^LYC3005: .*gave no answer within/, 2],
  ["answered 404", refusing(404), /^LYC3018: .*answered 404 \(sent 5 times\).*although the run is active/, 5],
  ["answered 403", refusing(403), /^LYC3018: .*answered 403, and reports: odd 403/, 1],
  ["answered 401", refusing(401), /^LYC3018: .*answered 401/, 1],
  ["answered 405", refusing(405), /^LYC3018: .*answered 405/, 1],
  ["answered 307", alter(() => ({ status: 307, body: "" }), { refuses: true }), /^LYC3018: .*a redirect \(307\)/, 1],
  // The service answers 200, but does not abort the run.
  ["answered 200", alter(plain, { refuses: true }), /^LYC3005: .*the end of the aborted run run-1/, 1],
];

describe.each(ignored)("an abort %s, which is never carried out,", (_name, deviation, text, times) => {
  test.each(["destroy", "up"] as const)("stops %s with an error that shows what is known", async (command) => {
    const stack = await stackWithRun();
    stack.http.deviate("abort", deviation);
    for (const _time of [1, 2]) {
      const begun = stack.clock.now();
      const { result, requests } = await stack.run(command, { text: 2 });
      expect(result.errors).toEqual([expect.stringMatching(text)]);
      expect(result.errors.join()).not.toMatch(/cancelled/);
      expect(aborts(requests)).toBe(times);
      // After a clear refusal, the command fails at once, without waiting for the delete clock.
      expect((stack.clock.now() - begun) / 1000).toBeLessThanOrEqual(
        times === 1 && text.source.includes("3018") ? 10 : 80,
      );
      expect(active(stack)).toEqual(["run-1"]);
    }
    // A user can still remove the resource: with `onDelete: "leave"`, the run continues without it.
    await stack.run("up", { text: 2, onDelete: "leave", waitFor: "accepted" });
    expect((await stack.run("destroy")).result.errors).toEqual([]);
  });
});

test("a second destroy after an unclear abort observes the end of the run", async () => {
  const stack = await stackWithRun();
  // The service carries out the abort long after the first command has failed.
  stack.http.deviate("abort", alter(status(504), { answersAfter: 20, worksAfter: 90 }));
  expect((await stack.run("destroy")).result.errors).toEqual([expect.stringMatching(/^LYC3005: /)]);
  await stack.clock.sleep(60);
  expect((await stack.run("destroy")).result).toEqual({ kind: "ok", errors: [] });
});

describe("where no call shows the run", () => {
  test.each([
    ["accepted", undefined, "ok"],
    ["refused", refusing(403), "ok"],
    ["answered 404", refusing(404), "ok"],
    ["answered 500", refusing(500), "failed"],
    ["never answered", alter(plain, { answersAfter: 5000 }), "failed"],
  ] as const)("an abort that is %s", async (_name, deviation, kind) => {
    const stack = await stackWithRun();
    stack.http.deviate(READS, DEVIATIONS["403"]);
    stack.http.deviate("abort", deviation);
    const { result, warnings } = await stack.run("destroy");
    expect(result.kind).toBe(kind);
    if (kind === "ok") expect(warnings).toEqual([expect.stringMatching(/^LYC3015: Lyceum did not report the end/)]);
    else expect(result.errors).toEqual([expect.stringMatching(/^LYC3005: .*no clear answer/)]);
  });

  test("destroy stops at once if every call is redirected, and the run stays in the state", async () => {
    const stack = await stackWithRun();
    const location = "https://login.example/?next=secret";
    const redirect = alter(() => ({ status: 302, body: "", location }), { refuses: true });
    stack.http.deviate([...READS, "abort"], redirect);
    const begun = stack.clock.now();
    const { result } = await stack.run("destroy");
    expect(result.errors).toEqual([
      expect.stringMatching(/^LYC1109: .*redirect \(302\) to https:\/\/login\.example, /),
    ]);
    expect(stack.clock.now() - begun).toBeLessThanOrEqual(5000);
    expect(active(stack)).toEqual(["run-1"]);
  });
});

test("after a refused abort, a list without the run does not prove its end, because the key may be wrong", async () => {
  const stack = await stackWithRun();
  stack.http.deviate(["record", "olderStatus", "history", "abort"], DEVIATIONS["403"]);
  stack.http.deviate("list", () => ({ status: 200, body: "[]" }));
  expect((await stack.run("destroy")).result.kind).toBe("failed");
  expect(active(stack)).toEqual(["run-1"]);
});

test("an end that slow lists hide is observed when the delete clock runs out", async () => {
  const stack = await stackWithRun();
  stack.service.behaviour.stopTakes = 40;
  stack.http.deviate("list", alter(plain, { answersAfter: 45 }));
  expect((await stack.run("destroy")).result).toEqual({ kind: "ok", errors: [] });
});
