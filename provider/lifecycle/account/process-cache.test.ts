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
