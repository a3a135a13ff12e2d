import type { ExecutionSummary } from "../../lyceum/port";
import { formatFileName, formatStartKey } from "../run/identity/start-key";
import { decideStart, endsWithoutSuccess, type StartFacts, unconfirmedEnds } from "./start-decision";

const now = Date.parse("2026-03-01T12:00:00Z");
const key = { scope: "ssssss", resource: "aaaaaaa", inputs: "bbbbbbb" };
const iso = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

function run(
  id: string,
  status: string,
  attempt = 1,
  overrides: Partial<ExecutionSummary> & { inputs?: string; endedAgo?: number; onDelete?: "abort" | "leave" } = {},
): ExecutionSummary {
  const { inputs = key.inputs, onDelete = "abort", endedAgo, ...rest } = overrides;
  return {
    executionId: id,
    status,
    fileName: formatFileName({ ...key, inputs, attempt, onDelete }, "label"),
    createdAt: iso(300),
    ...(endedAgo === undefined ? {} : { endedAt: iso(endedAgo) }),
    ...rest,
  };
}

/** Returns the decision for these two lists. */
function decide(active: ExecutionSummary[], history: ExecutionSummary[] = [], facts: Partial<StartFacts> = {}) {
  return decideStart({
    key,
    snapshot: { active, history, gaps: [] },
    recordedAttempt: undefined,
    isKnown: () => false,
    now,
    adoptEndedWithin: 3600,
    policies: { waitFor: "running" },
    ...facts,
  });
}

/** Returns the expected decision to start a run and to report these runs. */
const starts = (attempt: number, ...unrecorded: ExecutionSummary[]) => ({ kind: "start", attempt, unrecorded });
/** Returns the expected decision to adopt a run and to report the runs with these ids. */
const adopts = (executionId: string, ...reported: string[]) =>
  expect.objectContaining({
    kind: "adopt",
    run: expect.objectContaining({ executionId }),
    unrecorded: reported.map((id) => expect.objectContaining({ executionId: id })),
    isProven: false,
  });

describe("decideStart", () => {
  test("starts the first attempt if no run is found", () => expect(decide([])).toEqual(starts(1)));

  test("an active run with the key is adopted with its attempt", () => {
    const decision = decide([run("r", "running", 3)]);
    expect(decision).toEqual(adopts("r"));
    expect(decision.attempt).toBe(3);
  });

  describe("of a replacement by force that deletes last", () => {
    const forced = (active: ExecutionSummary[], history: ExecutionSummary[]) =>
      decide(active, history, { replacedByForce: true });
    const first = (status: string, endedAgo?: number) =>
      run("first", status, 1, { createdAt: iso(600), ...(endedAgo === undefined ? {} : { endedAgo }) });
    const latest = run("latest", "running", 2);

    test.each([
      ["none is known", 1, [], []],
      ["the latest is the first of the resource", 2, [first("running")], []],
      ["it has ended", 2, [], [first("completed", 400)]],
      ["the one before it ended after its start", 3, [latest], [first("aborted", 200)]],
      ["its inputs were others", 3, [run("latest", "running", 2, { inputs: "ccccccc" })], [first("aborted", 400)]],
    ])("starts if %s, and reports no run", (_what, attempt, active, history) =>
      expect(forced(active, history)).toEqual(starts(attempt)),
    );

    test.each([
      ["the one before it is still active", [first("running"), latest], []],
      ["the one before it ended before its start", [latest], [first("aborted", 400)]],
      ["the one before it ended at its start", [latest], [first("aborted", 300)]],
      ["the one before it is not shown", [latest], []],
      [
        "another one has its attempt, and was started after that end",
        [latest, run("behind", "running", 2, { createdAt: iso(100) })],
        [first("aborted", 200)],
      ],
    ])("adopts the latest run if %s, because an interrupted command started it", (_what, active, history) =>
      expect(forced(active, history)).toEqual(adopts("latest")),
    );
  });

  test("a run with an unknown status word counts as active", () =>
    expect(decide([run("r", "thawing")])).toEqual(adopts("r")));

  test("a run that is being stopped is neither adopted nor reported: it ends by itself", () => {
    const stopping = run("r", "cancelling", 2);
    expect(decide([stopping])).toEqual(starts(3));
    expect(decide([stopping, run("s", "running", 1)])).toEqual(adopts("s"));
  });

  test("a run that only the history shows is adopted", () =>
    expect(decide([], [run("r", "pending")])).toEqual(adopts("r")));

  test("if list and history differ, the end counts", () =>
    expect(decide([run("r", "running")], [run("r", "aborted", 1, { endedAgo: 1 })])).toEqual(starts(2)));

  test("of several active runs the oldest is adopted, the others are reported", () => {
    const young = run("young", "running", 1, { createdAt: iso(5) });
    expect(decide([young, run("old", "running", 1, { createdAt: iso(50) })])).toEqual(adopts("old", "young"));
  });

  test("a run that this process has seen recorded or has deleted is not adopted", () =>
    expect(
      decide([run("mine", "running")], [], {
        isKnown: ({ executionId }) => executionId === "mine",
        recordedAttempt: 1,
      }),
    ).toEqual(starts(2)));

  test("a run that completed within the window is adopted, to its last second", () => {
    const { why } = decide([], [run("r", "completed", 1, { endedAgo: 40 })]) as { readonly why?: string };
    expect(why).toContain("ended completed 40 s ago");
    const atLast = [run("r", "completed", 1, { endedAgo: 3600 })];
    // The run completed, so the policies for failures do not apply.
    expect(decide([], atLast, { policies: { waitFor: "completed" } })).toEqual(adopts("r"));
  });

  test.each([
    ["ended ok too long ago", run("r", "completed", 1, { endedAgo: 3601 })],
    ["ended at an unreadable time", run("r", "completed", 1, { endedAt: "yesterday", createdAt: "x" })],
    ["aborted", run("r", "aborted", 1, { endedAgo: 1 })],
    ["cancelled", run("r", "cancelled", 1, { endedAgo: 1 })],
  ])("%s: the next attempt is started", (_name, ended) => expect(decide([], [ended])).toEqual(starts(2)));

  test("a failed run is started again if `waitFor` is an end, and is otherwise adopted once", () => {
    const history = [run("r", "failed", 1, { endedAgo: 5 })];
    expect(decide([], history, { policies: { waitFor: "completed" } })).toEqual(starts(2));
    expect(decide([], history)).toEqual(adopts("r"));
  });

  test.each([4, 5])(
    "a resource that was recorded with attempt %i never adopts an ended run up to that attempt",
    (recordedAttempt) => {
      const history = [run("r", "completed", 4, { endedAgo: 5 })];
      expect(decide([], history, { recordedAttempt })).toEqual(starts(recordedAttempt + 1));
    },
  );

  test("a replacement's run that an interrupted command could not record is adopted, active or ended", () => {
    const before = run("recorded", "completed", 1, { endedAgo: 90, inputs: "ccccccc" });
    const known = { recordedAttempt: 1, isKnown: (one: ExecutionSummary) => one.executionId === "recorded" };
    const ended = decide([], [run("unrecorded", "completed", 2, { endedAgo: 5 }), before], known);
    expect(ended).toEqual(adopts("unrecorded"));
    expect(ended.attempt).toBe(2);
    expect(decide([], [run("unrecorded", "aborted", 2, { endedAgo: 5 }), before], known)).toEqual(starts(3));
  });

  test("if the inputs change from A to B and back to A, the first run of A is not adopted", () => {
    const b = run("b", "completed", 2, { endedAgo: 5, inputs: "ccccccc" });
    expect(decide([], [run("a", "completed", 1, { endedAgo: 50 }), b])).toEqual(starts(3));
  });

  test("runs of another resource or of others are ignored", () => {
    const stranger = run("s", "running", 1, { fileName: "train.yaml" });
    const fileName = formatFileName({ ...key, resource: "zzzzzzz", attempt: 1, onDelete: "abort" }, undefined);
    expect(decide([stranger, run("o", "running", 1, { fileName })])).toEqual(starts(1));
  });
});

describe("an end that only a status word shows", () => {
  const confirmed = (recordedAttempt: number | undefined, ...history: ExecutionSummary[]) =>
    unconfirmedEnds({
      key,
      snapshot: { active: [], history, gaps: [] },
      recordedAttempt,
      isKnown: ({ executionId }) => executionId === "known",
    });
  test("is confirmed if the decision depends on it: the end of one of the latest runs", () => {
    const [old, a, b] = [run("old", "failed", 1), run("a", "failed", 2), run("b", "aborted", 2)];
    expect(confirmed(undefined, old, a, b)).toEqual(["a", "b"]);
    expect(confirmed(1, run("recorded", "failed", 1), run("later", "completed", 2))).toEqual(["later"]);
  });
  test.each([
    ["has a time with it", undefined, run("a", "failed", 1, { endedAgo: 5 })],
    ["is none", undefined, run("a", "running", 1)],
    ["is that of a run that this process knows", undefined, run("known", "failed", 1)],
    ["is that of the recorded run", 1, run("a", "failed", 1)],
    ["is older than the recorded run", 2, run("a", "failed", 1)],
  ])("is not confirmed if it %s", (_what, recorded, ended) => expect(confirmed(recorded, ended)).toEqual([]));
  test("is not confirmed if no run is found", () => expect(confirmed(undefined)).toEqual([]));
});

test.each([
  ["failed", ["a"]],
  ["aborted", ["a"]],
  ["completed", []],
  ["running", []],
])("the output of a run with the status %s may show the end of its job: %j", (status, ids) =>
  expect(
    endsWithoutSuccess({
      key,
      snapshot: { active: [], history: [run("a", status)], gaps: [] },
      recordedAttempt: undefined,
      isKnown: () => false,
    }),
  ).toEqual(ids),
);

describe("the run of several that is adopted", () => {
  const kept = (...active: ExecutionSummary[]) => {
    const decisions = [active, [...active].reverse()].map((order) => decide(order));
    return decisions.map((decision) => decision.kind === "adopt" && decision.run.executionId);
  };
  test("is the oldest, for any attempt and position in the list", () => {
    const old = run("old", "running", 2, { createdAt: iso(900) });
    expect(kept(old, run("young", "running", 1, { createdAt: iso(5) }))).toEqual(["old", "old"]);
  });
  test.each([iso(30), undefined])("is the lower attempt of two created at the same time (%s)", (createdAt) => {
    const of = (id: string, attempt: number) => {
      const { createdAt: _other, ...one } = run(id, "running", attempt);
      return createdAt === undefined ? one : { ...one, createdAt };
    };
    expect(kept(of("second", 2), of("first", 1))).toEqual(["first", "first"]);
  });
  test("counts as ended where list or history shows its end", () => {
    const [going, ended] = [run("r", "running", 1), run("r", "completed", 1, { endedAgo: 5 })];
    for (const decision of [decide([going], [ended]), decide([ended], [going])])
      expect(decision).toMatchObject({ kind: "adopt", run: { status: "completed" } });
  });
});

describe("active runs of the resource that this process does not know", () => {
  const other = run("old", "running", 1, { inputs: "ccccccc" });
  test("are reported", () => expect(decide([other])).toEqual(starts(2, other)));
  test("are not reported if they were started with onDelete leave", () =>
    expect(decide([run("left", "running", 1, { inputs: "ccccccc", onDelete: "leave" })])).toEqual(starts(2)));
  test("are not those of this process or of another stack", () => {
    expect(decide([other], [], { isKnown: () => true })).toEqual(starts(2));
    const fileName = formatFileName({ ...key, scope: "tttttt", attempt: 1, onDelete: "abort" }, undefined);
    expect(decide([{ ...other, fileName }])).toEqual(starts(1));
  });
});

describe("the run of a recorded start that got no clear answer", () => {
  const unclear = { ...key, attempt: 2, onDelete: "abort" as const, tag: "mine" };
  const named = (
    id: string,
    status: string,
    more: { readonly tag?: string; readonly attempt?: number },
    endedAgo?: number,
  ) => {
    const fileName = formatFileName({ ...key, attempt: 2, onDelete: "abort", ...more }, "label");
    return run(id, status, 2, { fileName, ...(endedAgo === undefined ? {} : { endedAgo }) });
  };
  const facts = { unclear, recordedAttempt: 2 };
  const adoptsProven = (executionId: string) =>
    expect.objectContaining({ kind: "adopt", run: expect.objectContaining({ executionId }), isProven: true });

  test.each([
    ["active", named("r", "running", { tag: "mine" })],
    ["being stopped", named("r", "cancelling", { tag: "mine" })],
    ["ended long ago", named("r", "completed", { tag: "mine" }, 90_000)],
    ["aborted", named("r", "aborted", { tag: "mine" }, 5)],
  ])("is adopted unchanged: %s", (_what, found) =>
    expect(decide([], [found], { ...facts, policies: { waitFor: "completed" } })).toEqual(adoptsProven("r")),
  );

  test("is the one with its tag, and the other start of the same attempt is reported", () => {
    const other = named("other", "running", { tag: "copy" });
    expect(decide([other, named("r", "running", { tag: "mine" })], [], facts)).toMatchObject({
      kind: "adopt",
      run: { executionId: "r" },
      unrecorded: [{ executionId: "other" }],
    });
  });

  test("may be a run whose name was cut before the tag or the attempt, but this is not proved", () => {
    expect(decide([named("r", "running", {})], [], facts)).toEqual(adopts("r"));
    const short = { ...named("r", "aborted", {}, 5), fileName: formatStartKey(unclear).slice(0, 20) };
    expect(decide([], [short], facts)).toEqual(adopts("r"));
  });

  test("is not a run of an earlier attempt", () => {
    const earlier = named("r", "completed", { attempt: 1 }, 5);
    expect(decide([], [earlier], facts)).toEqual(starts(3));
  });
});
