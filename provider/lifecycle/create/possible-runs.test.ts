import type { ExecutionSummary } from "../../lyceum/port";
import { formatFileName, formatStartKey, type StartKey } from "../run/identity/start-key";
import { recordedRun } from "../testing/maps";
import { evaluateUnclear, possibleRuns, runsOf } from "./possible-runs";

const key: StartKey = {
  scope: "ssssss",
  resource: "aaaaaaa",
  inputs: "bbbbbbb",
  attempt: 1,
  onDelete: "abort",
  tag: "tttt",
};

/** Makes a run of the resource. */
const ours = (inputs = key.inputs): ExecutionSummary => ({
  executionId: "r",
  status: "running",
  fileName: formatFileName({ ...key, inputs }, "label"),
});

describe("runs that may come from a start", () => {
  const snapshot = (...active: ExecutionSummary[]) => ({ active, history: [], gaps: [] });
  const nameless = { executionId: "o", status: "running" };
  const before = snapshot({ executionId: "old", status: "running" });
  const possible = (...runs: ExecutionSummary[]) =>
    possibleRuns(snapshot(...runs), [{ ...key, tag: "uuuu" }, key], {
      wasThere: runsOf(before),
      isKnown: ({ executionId }) => executionId === "own",
    });
  const named = (fileName: string) => possible({ ...nameless, fileName });
  const otherKey = formatFileName({ ...key, resource: "ccccccc" }, "label");

  test("are none if the list is empty", () => expect(possible()).toEqual([]));
  test("are those without a file name, with any times", () =>
    expect(possible({ ...nameless, createdAt: "2026-03-01T10:53:20.000Z" })).toEqual(["o"]));
  test("are not runs that existed before the start, or that this process knows", () =>
    expect(possible({ executionId: "old", status: "completed" }, { ...nameless, executionId: "own" })).toEqual([]));
  test("are those with this key", () => expect(possible(ours())).toEqual(["r"]));
  test("are not runs of this resource with other inputs or of another start, or runs of another resource", () => {
    expect(possible(ours("ccccccc"))).toEqual([]);
    expect(named(formatFileName({ ...key, tag: "copy" }, "label"))).toEqual([]);
    expect(named(otherKey)).toEqual([]);
    expect(named("ssssssccccccca1b2c3da1-label")).toEqual([]);
  });
  test.each([
    "x",
    "docker-compose.yml",
    otherKey.toUpperCase(),
    `x-${otherKey}`,
    otherKey.slice(0, 20),
    `${otherKey}-${formatStartKey(key).slice(0, 20)}`,
    "0".repeat(64),
  ])("are those whose name does not prove another start: %s", (fileName) => expect(named(fileName)).toEqual(["o"]));
});

describe("a recorded start that got no clear answer, whose run no key shows", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();
  const recorded = recordedRun("", { status: "unknown", requestedAt: at(60), timeout: 60, gracefulTimeout: 10 });
  const evaluate = (active: ExecutionSummary[], more: Partial<Parameters<typeof evaluateUnclear>[0]> = {}) =>
    evaluateUnclear({
      recorded,
      key,
      snapshot: { active, history: [], gaps: [] },
      isKnown: ({ executionId }) => executionId === "own",
      now,
      ...more,
    });
  const nameless = (createdAt?: string) => ({
    executionId: "o",
    status: "running",
    ...(createdAt === undefined ? {} : { createdAt }),
  });

  test("made no run if no run may come from it", () => {
    expect(evaluate([])).toEqual({ kind: "not-started" });
    expect(evaluate([{ executionId: "own", status: "running" }])).toEqual({ kind: "not-started" });
  });

  test.each([
    ["created since", at(50)],
    ["whose time is not known", undefined],
    ["whose clock may differ", at(60 + 3600)],
    ["whose time has no zone", at(90_000).slice(0, -1)],
  ])("may have created a run without a key %s", (_what, createdAt) =>
    expect(evaluate([nameless(createdAt)])).toEqual({ kind: "unknown", possible: ["o"] }),
  );

  test.each([at(3661), at(90_000).replace("Z", "+00:00"), at(90_000).replace("Z", "+0000")])(
    "did not create an older run: %s",
    (createdAt) => expect(evaluate([nameless(createdAt)])).toEqual({ kind: "not-started" }),
  );

  test("is unknown if the lists are incomplete", () =>
    expect(evaluate([], { snapshot: { active: [], history: [], gaps: [{ kind: "more", call: "list" }] } })).toEqual({
      kind: "unknown",
      possible: [],
    }));

  test("is over once all its time limits have passed, even if lists show runs", () => {
    const limits = 20 * 60 + 60 + 10 + 3600;
    const over = (secondsAgo: number) =>
      evaluate([nameless(at(5))], { recorded: { ...recorded, requestedAt: at(secondsAgo) } }).kind;
    expect([over(limits), over(limits + 1)]).toEqual(["unknown", "over"]);
  });
});
