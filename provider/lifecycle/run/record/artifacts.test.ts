import { parseMap, recordedRun } from "../../testing/maps";
import {
  artifactsChanged,
  artifactsToDelete,
  awaitedArtifacts,
  declaredArtifacts,
  nearestKeys,
  withArtifacts,
  withoutOtherArtifacts,
  writtenBy,
} from "./artifacts";

const sources = { model: "out/model.pt", log: { path: "out/log", onDelete: "delete" } };
const declared = { model: { key: "out/model.pt" }, log: { key: "out/log", onDelete: "delete" } };
const file = (key: string, modified = "2026-03-01T12:00:30.000Z") => ({ key, bytes: 3, etag: `e-${key}`, modified });
const times = { startedAt: "2026-03-01T12:00:00Z", endedAt: "2026-03-01T12:01:00Z" };
const run = (properties: object) =>
  recordedRun("r1", { status: "completed", returnCode: 0, ...times, declaredArtifacts: declared, ...properties });

test("declared artifacts are recorded with their keys", () => {
  expect(declaredArtifacts(parseMap({ artifacts: sources }), undefined)).toEqual(declared);
  expect(declaredArtifacts(parseMap({ artifacts: { model: { path: "a", onDelete: "leave" } } }), undefined)).toEqual({
    model: { key: "a" },
  });
  expect([declaredArtifacts({}, undefined), declaredArtifacts({ artifacts: {} }, undefined)]).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([
  ["the same", sources, false],
  ["in another order", { log: sources.log, model: sources.model }, false],
  ["with another path", { ...sources, model: "out/other.pt" }, true],
  ["with another onDelete", { ...sources, model: { path: "out/model.pt", onDelete: "delete" } }, true],
  ["with another name", { net: "out/model.pt", log: sources.log }, true],
  ["none", undefined, true],
])("artifacts that are %s: whether the declared artifacts have changed", (_how, artifacts, expected) => {
  expect(artifactsChanged(run({}), parseMap(artifacts === undefined ? {} : { artifacts }))).toBe(expected);
});

test.each([
  ["completed", {}, ["model", "log"]],
  ["completed, with one that is recorded", { artifacts: { model: file("out/model.pt") } }, ["log"]],
  ["completed, without declared artifacts", { declaredArtifacts: undefined }, []],
  ["completed with an exit code", { returnCode: 3 }, []],
  ["running", { status: "running", returnCode: undefined, endedAt: undefined }, []],
  ["aborted", { status: "aborted" }, []],
])("of a run that is %s, these artifacts are looked up", (_what, properties, expected) => {
  expect(awaitedArtifacts(run(properties))).toEqual(expected);
});

test("a found file becomes an artifact, and an artifact whose declared key changes is dropped", () => {
  const found = new Map([["out/model.pt", file("out/model.pt")]]);
  const outputs = withArtifacts(run({}), found);
  expect(outputs.artifacts).toEqual({ model: file("out/model.pt") });
  expect(withArtifacts(outputs, new Map())).toBe(outputs);
  expect(withoutOtherArtifacts(outputs).artifacts).toEqual(outputs.artifacts);
  const moved = { ...outputs, declaredArtifacts: { model: { key: "out/other.pt" } } };
  expect(withoutOtherArtifacts(moved).artifacts).toBeUndefined();
});

test.each([
  ["during the run", "2026-03-01T12:00:30Z", {}, "run"],
  ["in the second of the start", "2026-03-01T11:59:55Z", {}, "run"],
  ["before the start", "2026-03-01T11:59:54Z", {}, "earlier"],
  [
    "before the start, which is only known as the time of creation",
    "2026-03-01T11:00:00Z",
    { startedAt: undefined, createdAt: times.startedAt },
    "earlier",
  ],
  ["shortly after the end", "2026-03-01T12:06:00Z", {}, "run"],
  ["long after the end", "2026-03-01T12:06:01Z", {}, "later"],
  ["at an unknown time", undefined, {}, "run"],
  ["before a start without its offset", "2026-03-01T11:00:00Z", { startedAt: "2026-03-01T12:00:00" }, "run"],
  ["before an unknown start", "2026-03-01T11:00:00Z", { startedAt: undefined }, "run"],
] as const)("a file that was stored %s", (_when, modified, other, expected) => {
  expect(writtenBy({ modified }, { ...times, ...other })).toBe(expected);
});

test("the deletion removes only artifacts with onDelete delete that this run has written", () => {
  const artifacts = { model: file("out/model.pt"), log: file("out/log") };
  expect(artifactsToDelete(run({ artifacts }))).toEqual([artifacts.log]);
  const stale = { ...artifacts, log: file("out/log", "2026-03-01T10:00:00Z") };
  expect(artifactsToDelete(run({ artifacts: stale }))).toEqual([]);
});

test.each([
  ["out/model.pt", ["output/model.pt", "out/a", "zzz"], ["output/model.pt", "out/a"]],
  ["out/model.pt", ["b/x", "out/z", "Out/MODEL.PT"], ["Out/MODEL.PT", "out/z"]],
  ["model.pt", ["a", "model.pth", "b/model.pt"], ["b/model.pt", "model.pth", "a"]],
  ["out/model.pt", ["zzz", "b/x", "outer/a"], ["outer/a", "b/x", "zzz"]],
  ["x", ["1", "2", "3", "4", "5", "6"], ["1", "2", "3", "4", "5"]],
  ["x", [], []],
])("nearest keys: for the missing key %s, of the keys %j, a message shows %j", (missing, keys, expected) => {
  expect(nearestKeys(missing, keys)).toEqual(expected);
});

test("a path in a mounted folder has the key of its copy in the folder of the run", () => {
  const mounts = [{ path: "out", hash: "h", isWritten: true, isFile: false }];
  const project = { model: {}, record: { digest: "", settings: "", files: {}, mounts } };
  const artifacts = { model: "./out/model.pt", other: "out/x", none: "./elsewhere/x" };
  expect(declaredArtifacts({ artifacts, project }, "p/runs/1-x/")).toEqual({
    model: { key: "p/runs/1-x/out/model.pt" },
    other: { key: "out/x" },
    none: { key: "./elsewhere/x" },
  });
});
