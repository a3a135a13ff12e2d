import type { ExecutionSummary } from "../../lyceum/port";
import { decideStart, type StartFacts, unconfirmedEnds } from "./start-decision";
import { formatFileName } from "./start-key";

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

function facts(
  overrides: Partial<StartFacts> & { active?: ExecutionSummary[]; history?: ExecutionSummary[] },
): StartFacts {
  const { active = [], history = [], ...rest } = overrides;
  return {
    key,
    snapshot: { active, history, gaps: [] },
    recordedAttempt: undefined,
    isKnown: () => false,
    now,
    adoptEndedWithin: 3600,
    policies: { waitFor: "running" },
    ...rest,
  };
}

describe("decideStart", () => {
  test("nothing found: the first start", () =>
    expect(decideStart(facts({}))).toEqual({ kind: "start", attempt: 1, abandonedRuns: [] }));

  test("an active run with the key is adopted with its attempt", () => {
    expect(decideStart(facts({ active: [run("r", "running", 3)] }))).toMatchObject({
      kind: "adopt",
      attempt: 3,
      run: { executionId: "r" },
      abandonedRuns: [],
    });
  });

  describe("of a replacement by force that deletes last", () => {
    const forced = (active: ExecutionSummary[], history: ExecutionSummary[] = []) =>
      decideStart(facts({ replacedByForce: true, active, history }));
    const first = (status: string, endedAgo?: number) =>
      run("first", status, 1, { createdAt: iso(600), ...(endedAgo === undefined ? {} : { endedAgo }) });

    test.each([
      ["none is known", [], []],
      ["the latest is the first of the resource", [first("running")], []],
      ["it has ended", [], [first("completed", 400)]],
      ["the one before it ended behind its start", [run("latest", "running", 2)], [first("aborted", 200)]],
      ["its inputs were others", [run("latest", "running", 2, { inputs: "ccccccc" })], [first("aborted", 400)]],
    ])("starts where %s, and aborts none", (_what, active, history) => {
      const latest = Math.max(
        0,
        ...[...active, ...history].map(({ executionId }) => (executionId === "latest" ? 2 : 1)),
      );
      expect(forced(active, history)).toEqual({ kind: "start", attempt: latest + 1, abandonedRuns: [] });
    });

    test.each([
      ["the one before it is still active", [first("running"), run("latest", "running", 2)], []],
      ["the one before it ended before its start", [run("latest", "running", 2)], [first("aborted", 400)]],
      ["the one before it ended at its start", [run("latest", "running", 2)], [first("aborted", 300)]],
      ["the one before it is not shown", [run("latest", "running", 2)], []],
      [
        "another one has its attempt, and was started behind that end",
        [run("latest", "running", 2), run("behind", "running", 2, { createdAt: iso(100) })],
        [first("aborted", 200)],
      ],
    ])("adopts the latest where %s: an interrupted command started it", (_what, active, history) => {
      expect(forced(active, history)).toMatchObject({
        kind: "adopt",
        run: { executionId: "latest" },
        abandonedRuns: [],
      });
    });
  });

  test("an unknown status word is no end, so the run counts as active", () => {
    expect(decideStart(facts({ active: [run("r", "thawing")] }))).toMatchObject({ kind: "adopt" });
  });

  test("a run that is being stopped is not adopted: it is watched to its end, and the next attempt is started", () => {
    const stopping = run("r", "cancelling", 2);
    expect(decideStart(facts({ active: [stopping] }))).toEqual({
      kind: "start",
      attempt: 3,
      abandonedRuns: [stopping],
    });
    const other = run("s", "running", 1);
    expect(decideStart(facts({ active: [stopping, other] }))).toMatchObject({
      kind: "adopt",
      run: { executionId: "s" },
    });
  });

  test("history alone is enough when the list does not show the run", () => {
    expect(decideStart(facts({ history: [run("r", "pending")] }))).toMatchObject({ kind: "adopt" });
  });

  test("where list and history differ, the end is believed", () => {
    expect(
      decideStart(facts({ active: [run("r", "running")], history: [run("r", "aborted", 1, { endedAgo: 1 })] })),
    ).toEqual({ kind: "start", attempt: 2, abandonedRuns: [] });
  });

  test("of several active runs the oldest is kept, the others are abandoned runs", () => {
    const decision = decideStart(
      facts({
        active: [run("young", "running", 1, { createdAt: iso(5) }), run("old", "running", 1, { createdAt: iso(50) })],
      }),
    );
    expect(decision).toMatchObject({
      kind: "adopt",
      run: { executionId: "old" },
      abandonedRuns: [{ executionId: "young" }],
    });
  });

  test("a run that this process has seen recorded or has deleted is not adopted", () => {
    expect(
      decideStart(facts({ active: [run("mine", "running")], isKnown: (id) => id === "mine", recordedAttempt: 1 })),
    ).toEqual({ kind: "start", attempt: 2, abandonedRuns: [] });
  });

  test("ended ok within the window: adopted, in words", () => {
    const decision = decideStart(facts({ history: [run("r", "completed", 1, { endedAgo: 40 })] }));
    expect(decision).toMatchObject({ kind: "adopt", why: expect.stringContaining("ended completed 40 s ago") });
  });

  test("the window includes its last second, and what a failure calls for says nothing about a run that completed", () => {
    const history = [run("r", "completed", 1, { endedAgo: 3600 })];
    expect(decideStart(facts({ history, policies: { waitFor: "completed" } }))).toMatchObject({ kind: "adopt" });
  });

  test.each([
    ["ended ok too long ago", run("r", "completed", 1, { endedAgo: 3601 })],
    ["ended at an unreadable time", run("r", "completed", 1, { endedAt: "yesterday", createdAt: "x" })],
    ["aborted", run("r", "aborted", 1, { endedAgo: 1 })],
    ["cancelled", run("r", "cancelled", 1, { endedAgo: 1 })],
  ])("%s: a new start with the next attempt", (_name, ended) => {
    expect(decideStart(facts({ history: [ended] }))).toEqual({ kind: "start", attempt: 2, abandonedRuns: [] });
  });

  test("failed: run again when an end was awaited, else adopted once", () => {
    const history = [run("r", "failed", 1, { endedAgo: 5 })];
    expect(decideStart(facts({ history, policies: { waitFor: "completed" } }))).toEqual({
      kind: "start",
      attempt: 2,
      abandonedRuns: [],
    });
    expect(decideStart(facts({ history, policies: { waitFor: "running" } }))).toMatchObject({ kind: "adopt" });
  });

  test.each([4, 5])(
    "a resource seen recorded (attempt %i) never takes an ended run up to that one",
    (recordedAttempt) => {
      const history = [run("r", "completed", 4, { endedAgo: 5 })];
      expect(decideStart(facts({ history, recordedAttempt }))).toEqual({
        kind: "start",
        attempt: recordedAttempt + 1,
        abandonedRuns: [],
      });
    },
  );

  test("a replacement's run that an interrupted command could not record is adopted, ended or not", () => {
    const before = run("recorded", "completed", 1, { endedAgo: 90, inputs: "ccccccc" });
    const known = { recordedAttempt: 1, isKnown: (id: string) => id === "recorded" };
    const ended = run("unrecorded", "completed", 2, { endedAgo: 5 });
    expect(decideStart(facts({ ...known, history: [ended, before] }))).toMatchObject({
      kind: "adopt",
      run: { executionId: "unrecorded" },
      attempt: 2,
    });
    const aborted = run("unrecorded", "aborted", 2, { endedAgo: 5 });
    expect(decideStart(facts({ ...known, history: [aborted, before] }))).toMatchObject({ kind: "start", attempt: 3 });
  });

  test("A, then B, then A again is not the first A: attempts count over all inputs of the resource", () => {
    const history = [
      run("a", "completed", 1, { endedAgo: 50 }),
      run("b", "completed", 2, { endedAgo: 5, inputs: "ccccccc" }),
    ];
    expect(decideStart(facts({ history }))).toEqual({ kind: "start", attempt: 3, abandonedRuns: [] });
  });

  test("another resource's or stranger's runs are nothing to us", () => {
    const stranger = { ...run("s", "running"), fileName: "train.yaml" };
    const other = {
      ...run("o", "running"),
      fileName: formatFileName({ ...key, resource: "zzzzzzz", attempt: 1, onDelete: "abort" }, undefined),
    };
    expect(decideStart(facts({ active: [stranger, other] }))).toEqual({ kind: "start", attempt: 1, abandonedRuns: [] });
  });
});

describe("an end that a status word alone shows", () => {
  const confirmed = (recordedAttempt: number | undefined, ...history: ExecutionSummary[]) =>
    unconfirmedEnds({
      key,
      snapshot: { active: [], history, gaps: [] },
      recordedAttempt,
      isKnown: (id) => id === "known",
    });
  test("is asked about where it decides: of the latest runs", () => {
    expect(confirmed(undefined, run("old", "failed", 1), run("a", "failed", 2), run("b", "aborted", 2))).toEqual([
      "a",
      "b",
    ]);
    expect(confirmed(1, run("recorded", "failed", 1), run("later", "completed", 2))).toEqual(["later"]);
  });
  test.each([
    ["has a time with it", undefined, run("a", "failed", 1, { endedAgo: 5 })],
    ["is none", undefined, run("a", "running", 1)],
    ["is that of a run that this process knows", undefined, run("known", "failed", 1)],
    ["is that of the recorded run", 1, run("a", "failed", 1)],
    ["is older than the recorded run", 2, run("a", "failed", 1)],
  ])("is not asked about where it %s", (_what, recorded, ended) => expect(confirmed(recorded, ended)).toEqual([]));
  test("is nothing where nothing is found", () => expect(confirmed(undefined)).toEqual([]));
});

describe("which of several runs is kept", () => {
  const kept = (...active: ExecutionSummary[]) => {
    const decisions = [active, [...active].reverse()].map((order) => decideStart(facts({ active: order })));
    return decisions.map((decision) => decision.kind === "adopt" && decision.run.executionId);
  };
  test("the oldest, whatever its attempt and its position in the list", () => {
    const old = run("old", "running", 2, { createdAt: iso(900) });
    expect(kept(old, run("young", "running", 1, { createdAt: iso(5) }))).toEqual(["old", "old"]);
  });
  test.each([iso(30), undefined])("of two created at the same time (%s), the lower attempt", (createdAt) => {
    const at = createdAt === undefined ? {} : { createdAt };
    const { createdAt: _first, ...first } = run("first", "running", 1);
    const { createdAt: _second, ...second } = run("second", "running", 2);
    expect(kept({ ...second, ...at }, { ...first, ...at })).toEqual(["first", "first"]);
  });
  test("an end is believed, whichever list shows it", () => {
    const [going, ended] = [run("r", "running", 1), run("r", "completed", 1, { endedAgo: 5 })];
    for (const [active, history] of [
      [[going], [ended]],
      [[ended], [going]],
    ]) {
      const decision = decideStart(facts({ active: active ?? [], history: history ?? [] }));
      expect(decision).toMatchObject({ kind: "adopt", run: { status: "completed" } });
    }
  });
});

describe("abandoned runs of an interrupted command", () => {
  const other = run("old", "running", 1, { inputs: "ccccccc" });
  test("an active run of the resource with other inputs is one, since nobody else knows of it", () => {
    const decision = decideStart(facts({ active: [other] }));
    expect(decision).toMatchObject({ kind: "start", attempt: 2, abandonedRuns: [{ executionId: "old" }] });
  });
  test("one that was started to be left alone is none", () => {
    const left = run("left", "running", 1, { inputs: "ccccccc", onDelete: "leave" });
    expect(decideStart(facts({ active: [left] }))).toMatchObject({ abandonedRuns: [] });
  });
  test("neither is one that this process knows, nor another stack's", () => {
    expect(decideStart(facts({ active: [other], isKnown: () => true }))).toMatchObject({ abandonedRuns: [] });
    const name = formatFileName({ ...key, scope: "tttttt", attempt: 1, onDelete: "abort" }, undefined);
    const foreign = facts({ active: [{ ...other, fileName: name }] });
    expect(decideStart(foreign)).toMatchObject({ kind: "start", attempt: 1, abandonedRuns: [] });
  });
});
