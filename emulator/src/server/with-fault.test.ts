import type { AnswerFault, Commit, ReshapeFault } from "../faults/fault";
import { InjectedFaults } from "../faults/injected-faults";
import { parseFault } from "../faults/parse";
import { ManualClock } from "../testing/manual-clock";
import { withBucketFault } from "./bucket-faults";
import { reshape, withFault } from "./with-fault";

/** Runs an operation with a fault. Returns its outcome, whether the operation was carried out, and what comes later. */
function start(fault?: AnswerFault) {
  const [clock, faults] = [new ManualClock(0), new InjectedFaults()];
  const { id } = faults.add({
    operation: "*",
    match: {},
    after: 0,
    times: 1,
    fault: { kind: "hold", commit: "never" },
  });
  let done = 0;
  const operation = async () => {
    done++;
    return { status: 200, body: "own" };
  };
  const outcome = withFault(fault && { id, fault }, operation, { clock, faults });
  return { outcome, clock, release: () => faults.release(id), done: () => done };
}

test("without a fault, the answer is that of the operation", async () => {
  const { outcome, done } = start();
  expect([await outcome, done()]).toEqual([{ answer: { status: 200, body: "own" }, isOwn: true }, 1]);
});

const INJECTED = { detail: "injected fault" };
test.each<[string, AnswerFault, unknown]>([
  ["a status", { kind: "status", status: 503, commit: "never" }, { status: 503, body: INJECTED }],
  ["a status with a body", { kind: "status", status: 200, body: null, commit: "never" }, { status: 200, body: null }],
  [
    "a status with a header",
    { kind: "status", status: 429, headers: { "retry-after": "1" }, commit: "never" },
    { status: 429, body: INJECTED, headers: { "retry-after": "1" } },
  ],
  [
    "no JSON",
    { kind: "garbage", body: "<p>", commit: "never" },
    { status: 200, body: "<p>", contentType: "text/html" },
  ],
  ["no answer", { kind: "reset", commit: "never" }, undefined],
])("%s in place of the answer is not the operation's own", async (_what, fault, answer) => {
  for (const [commit, before, after] of [
    ["never", 0, 0],
    ["before", 1, 1],
    ["after", 0, 1],
  ] as const) {
    const { outcome, done } = start({ ...fault, commit } as AnswerFault);
    const { late, ...shown } = await outcome;
    expect([shown, done()]).toEqual([answer === undefined ? { isOwn: false } : { answer, isOwn: false }, before]);
    await late?.();
    expect(done()).toBe(after);
  }
});

test("a rewritten answer is not the operation's own", async () => {
  const { outcome } = start({ kind: "reshape", empty: true });
  expect(await outcome).toEqual({ answer: { status: 204, body: "" }, isOwn: false });
});

const later: readonly (readonly [Commit, number, number, unknown])[] = [
  ["never", 0, 0, { answer: { status: 504, body: INJECTED }, isOwn: false }],
  ["before", 1, 1, { answer: { status: 200, body: "own" }, isOwn: true }],
  ["after", 0, 1, { answer: { status: 200, body: "own" }, isOwn: true }],
];
test.each(later)("a delay and a hold of a request that is carried out: %s", async (commit, before, after, expected) => {
  for (const kind of ["delay", "hold"] as const) {
    const { outcome, clock, release, done } = start(kind === "hold" ? { kind, commit } : { kind, seconds: 2, commit });
    await new Promise(setImmediate);
    expect(done()).toBe(before);
    if (kind === "hold") release();
    else await clock.advance(2_000);
    expect([await outcome, done()]).toEqual([expected, after]);
  }
});

describe("a fault of the bucket", () => {
  async function* body(...pieces: readonly string[]) {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const own = { status: 200, body: "own" };
  async function run(fault: AnswerFault, pieces: readonly string[] = []) {
    let done = 0;
    const operation = async () => {
      done++;
      return own;
    };
    const clock = new ManualClock(0);
    const context = { body: body(...pieces), path: "/a", clock, faults: new InjectedFaults() };
    const outcome = withBucketFault({ id: "fault-1", fault }, operation, context);
    await new Promise(setImmediate);
    await clock.advance(1_000);
    return [await outcome, done];
  }
  const cut = (afterBytes: number): AnswerFault => ({ kind: "reset", afterBytes, commit: "never" });

  test.each<[string, AnswerFault, readonly string[], unknown, number]>([
    ["a reset", { kind: "reset", commit: "never" }, ["abc"], { kind: "reset" }, 0],
    ["a reset afterwards", { kind: "reset", commit: "before" }, ["abc"], { kind: "reset" }, 1],
    ["a reset in the body", cut(2), ["a", "b", "c"], { kind: "reset" }, 0],
    ["a reset after a short body", cut(9), ["abc"], { kind: "reset" }, 0],
    ["a reset in the answer, as there is no body", cut(2), [], { kind: "answer", answer: own, cutAfter: 2 }, 1],
    ["a rewritten answer, which is not JSON", { kind: "reshape", empty: true }, [], { kind: "answer", answer: own }, 1],
    [
      "a status with a text",
      { kind: "status", status: 500, body: "x", commit: "never" },
      [],
      { kind: "answer", answer: { status: 500, headers: { "content-type": "application/xml" }, body: "x" } },
      0,
    ],
    [
      "a status with another body and header",
      { kind: "status", status: 500, body: { a: 1 }, headers: { "content-type": "text/x" }, commit: "after" },
      [],
      { kind: "answer", answer: { status: 500, headers: { "content-type": "text/x" }, body: '{"a":1}' } },
      1,
    ],
    [
      "no XML",
      { kind: "garbage", body: "<p>", commit: "before" },
      [],
      { kind: "answer", answer: { status: 200, headers: { "content-type": "text/html" }, body: "<p>" } },
      1,
    ],
  ])("%s", async (_what, fault, pieces, outcome, done) => {
    expect(await run(fault, pieces)).toEqual([outcome, done]);
  });

  test.each<[Commit, number, number]>([
    ["never", 504, 0],
    ["before", 200, 1],
    ["after", 200, 1],
  ])("a delay of a request that is carried out %s", async (commit, status, done) => {
    const [outcome, count] = await run({ kind: "delay", seconds: 1, commit });
    expect([outcome, count]).toEqual([expect.objectContaining({ answer: expect.objectContaining({ status }) }), done]);
  });
});

const none: ReshapeFault = { kind: "reshape" };
const list = { status: 200, body: [{ execution_id: "e-1", status: "running", file_name: "k" }] };

test("keys are dropped, and texts are in capital letters, at any depth", () => {
  const fault = { ...none, drop: ["file_name"], upperCase: ["status"] };
  const expected = [{ execution_id: "e-1", status: "RUNNING" }];
  expect(reshape(list, fault).body).toEqual(expected);
  expect(reshape({ status: 200, body: { executions: list.body } }, fault).body).toEqual({ executions: expected });
});

test("texts get a prefix, and existing keys get a value", () => {
  const fault = { ...none, prefix: { file_name: "lyceum:" }, set: { status: "failed", return_code: 7 } };
  expect(reshape(list, fault).body).toEqual([{ execution_id: "e-1", status: "failed", file_name: "lyceum:k" }]);
});

test("texts are reversed, and keys are renamed", () => {
  const fault = { ...none, reverse: ["execution_id"], rename: { file_name: "display_name" } };
  expect(reshape(list, fault).body).toEqual([{ execution_id: "1-e", status: "running", display_name: "k" }]);
});

test("an empty answer is a 204 without a body", () => {
  expect(reshape(list, { ...none, empty: true })).toEqual({ status: 204, body: "" });
});

test("failures, and answers that are not JSON, are not changed", () => {
  const failed = { status: 404, body: { status: "gone" } };
  const page = { status: 200, body: "status", contentType: "text/html" };
  expect(reshape(failed, { ...none, drop: ["status"], empty: true })).toBe(failed);
  expect(reshape(page, { ...none, empty: true })).toBe(page);
});

test("a reshape holds until it is removed", () => {
  expect(parseFault({ fault: { kind: "reshape", drop: ["status"] } }, [])).toEqual({
    kind: "fault",
    fault: { operation: "*", match: {}, after: 0, times: "always", fault: { ...none, drop: ["status"] } },
  });
});

test.each([
  { drop: "file_name" },
  { upperCase: [1] },
  { prefix: { file_name: 1 } },
  { reverse: "file_name" },
  { rename: { file_name: 1 } },
  { set: ["status"] },
  { empty: "yes" },
  {},
])("a reshape that is not valid, or changes nothing, is refused: %j", (fields) => {
  expect(parseFault({ fault: { kind: "reshape", ...fields } }, []).kind).toBe("wrong");
});
