import { formatFileName, formatStartKey, type StartKey } from "../run/identity/start-key";
import { createKnownRuns, isSameId } from "./known-runs";

const key: StartKey = { scope: "ssssss", resource: "rrrrrrr", inputs: "iiiiiii", attempt: 2, onDelete: "abort" };
const tagged: StartKey = { ...key, tag: "abcd" };
const shown = (executionId: string, of: StartKey) => ({ executionId, fileName: formatFileName(of, "label") });

test.each<[string, StartKey, ReturnType<typeof shown>, boolean]>([
  ["the same id, with any name", tagged, { executionId: "exec-00aa11", fileName: "x" }, true],
  ["another id with the whole key", tagged, shown("something else", tagged), true],
  ["another id with another tag", tagged, shown("other", { ...tagged, tag: "zzzz" }), false],
  ["another id with a name that was cut before the tag", tagged, shown("other", key), false],
  ["a key without a tag, and the id in upper case", key, shown("EXEC-00AA11", key), true],
  ["a key without a tag, and the id without its prefix", key, shown("00aa11", key), true],
  [
    "a key without a tag, whose name was cut, and the id in upper case",
    key,
    { executionId: "EXEC-00AA11", fileName: formatStartKey(key).slice(0, 20) },
    true,
  ],
  ["a key without a tag, and another id", key, shown("exec-00aa12", key), false],
  ["the id in another form alone", key, { executionId: "EXEC-00AA11", fileName: "x" }, false],
  ["another attempt, and the id in another form", key, shown("EXEC-00AA11", { ...key, attempt: 1 }), false],
])("a recorded run is known by %s: %j", (_what, recorded, run, expected) => {
  const known = createKnownRuns();
  known.add({ executionId: "exec-00aa11", startKey: formatStartKey(recorded) });
  expect(known.has(run)).toBe(expected);
});

test.each([
  ["run-00aa11", true],
  ["RUN_00AA11", true],
  ["00aa11", true],
  ["run-2", false],
])("a run with the key of a known run is known if its id is another form of the known id: %s", (id, expected) => {
  const known = createKnownRuns();
  known.add({ executionId: "run-00aa11", startKey: formatStartKey(tagged) });
  expect(known.hasId(shown(id, tagged))).toBe(expected);
  expect(known.hasId({ executionId: id, fileName: "x" })).toBe(id === "run-00aa11");
});

test("a second run of one request is known by its own id alone, once one list has shown both", () => {
  const known = createKnownRuns();
  const [own, second] = [shown("run-1", tagged), shown("run-2", tagged)].map((run) => ({ ...run, status: "running" }));
  if (own === undefined || second === undefined) throw new Error("unreachable");
  known.add({ executionId: "run-1", startKey: formatStartKey(tagged) });
  known.add({ executionId: "RUN-1", startKey: formatStartKey(tagged) });
  known.shows([own]);
  known.shows([second]);
  expect(known.has(second)).toBe(true);
  known.shows([own, own, second]);
  expect([known.has(own), known.has(second)]).toEqual([true, false]);
  known.add({ executionId: "run-2", startKey: "" });
  expect(known.has(second)).toBe(true);
});

test("two runs with one name are both known if neither id is known", () => {
  const known = createKnownRuns();
  const runs = ["RUN-1", "RUN-2"].map((id) => ({ ...shown(id, tagged), status: "running" }));
  known.add({ executionId: "run-1", startKey: formatStartKey(tagged) });
  known.shows(runs);
  expect(runs.map((run) => known.has(run))).toEqual([true, true]);
});

test("a start without an id makes no run known", () => {
  const known = createKnownRuns();
  known.add({ executionId: "", startKey: formatStartKey(tagged) });
  expect([known.has(shown("run-1", tagged)), known.has({ executionId: "" })]).toEqual([false, false]);
});

test.each([
  ["run-1", "run-1", true],
  ["RUN_1", "run-1", true],
  ["exec-00aa11", "00AA11", true],
  ["exec-00aa11", "aa11", false],
  ["run-1", "run-2", false],
  ["", "abc", false],
])("%j and %j are two forms of one id: %s", (left, right, expected) => {
  expect([isSameId(left, right), isSameId(right, left)]).toEqual([expected, expected]);
});
