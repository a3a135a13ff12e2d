import { recordedRun } from "../testing/maps";
import { createProcessCache } from "./process-cache";

const recorded = (attempt: number, resourceUrn = "u") => ({
  ...recordedRun("r1", { executionId: "r1", attempt }),
  resourceUrn,
});

test("of the recorded attempts of a resource, the highest counts", () => {
  const cache = createProcessCache();
  expect(cache.recordedAttempt("u")).toBeUndefined();
  for (const attempt of [2, 3, 1]) cache.sawRecorded(recorded(attempt));
  expect(cache.recordedAttempt("u")).toBe(3);
  cache.sawRecorded(recorded(2, ""));
  expect(cache.recordedAttempt("")).toBeUndefined();
});

test("each line counts as new only once", () => {
  const { firstTime } = createProcessCache();
  expect(["a", "b", "a"].map(firstTime)).toEqual([true, true, false]);
});

test("a resource holds a run until its replacement is planned", () => {
  const cache = createProcessCache();
  cache.holds("a", { executionId: "r1", since: "kept", onDelete: "abort" });
  cache.holds("b", { executionId: "r1", since: "created", onDelete: "leave" });
  cache.holds("c", { executionId: "", since: "created", onDelete: "abort" });
  expect([cache.holder("r1"), cache.holder(""), cache.holder("r2")]).toEqual(["kept", undefined, undefined]);
  expect(["a", "b", "c"].map((urn) => cache.otherHolder(urn, "r1"))).toEqual([undefined, "a", "a"]);
  expect(cache.otherHolder("b", "r2")).toBeUndefined();
  cache.planCreate("a", { urn: "a", values: {} });
  cache.planCreate("d", { urn: "d", values: {} });
  expect([cache.holder("r1"), cache.otherHolder("b", "r1")]).toEqual(["created", undefined]);
  expect(cache.plannedCreate("d")).toEqual({ urn: "d", values: {} });
  cache.rememberOldInputs("d", { urn: "d", values: {} });
  expect(cache.isReplacedByForce("d")).toBe(true);
});

test("a replacement is forced if check had old inputs and no diff followed", () => {
  const cache = createProcessCache();
  expect(cache.isReplacedByForce("u")).toBe(false);
  cache.rememberOldInputs("u", { urn: "u", values: {} });
  expect(cache.isReplacedByForce("u")).toBe(true);
  cache.holds("u", { executionId: "r1", since: "kept", onDelete: "abort" });
  expect(cache.isReplacedByForce("u")).toBe(false);
});

test("the process cache has the name that the program gives a resource", () => {
  const cache = createProcessCache();
  expect(cache.currentUrn("old")).toBe("old");
  cache.renamed("old", "new");
  expect(cache.currentUrn("old")).toBe("new");
});

test("a run that the state records is known, and so are its artifacts while a resource has it", () => {
  const cache = createProcessCache();
  const model = { name: "m", key: "k", bytes: 1, etag: "e" };
  const known = () => [
    cache.isKnown({ executionId: "r1" }),
    cache.isArtifactOfOther("r2", "k"),
    cache.isArtifactOfOther("r2", "x"),
    cache.isArtifactOfOther("r1", "k"),
  ];
  expect(known()).toEqual([false, false, false, false]);
  cache.sawRecorded({ ...recorded(1), artifacts: { m: model } });
  expect(known()).toEqual([true, false, false, false]);
  cache.holds("u", { executionId: "r1", since: "kept", onDelete: "abort" });
  expect(known()).toEqual([true, true, false, false]);
});

test("a refresh of a resource begins and ends", () => {
  const cache = createProcessCache();
  cache.refreshing("u", true);
  expect([cache.isRefreshing("u"), cache.isRefreshing("v")]).toEqual([true, false]);
  cache.refreshing("u", false);
  expect(cache.isRefreshing("u")).toBe(false);
});
