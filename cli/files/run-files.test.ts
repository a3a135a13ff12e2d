import { artifactsIn, namesRun } from "../runs/recorded-artifacts";
import { chosenFiles, commonFolder } from "./run-files";

const ID = "local-7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90";
const urn = (name: string) => `urn:pulumi:dev::shop::lyceum:index:ComposeExecution::${name}`;
const model = { key: "out/model.bin", bytes: 5, etag: "e1", modified: "2026-03-01T12:00:00.000Z" };
const run = (name: string, outputs: object, more: object = {}) => ({
  urn: urn(name),
  id: ID,
  type: "lyceum:index:ComposeExecution",
  outputs,
  ...more,
});
const exported = JSON.stringify({
  deployment: {
    resources: [
      { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
      run("old", { executionId: ID, artifacts: { gone: model } }, { delete: true }),
      run("train", { executionId: ID, artifacts: { model, log: { key: "out/log", bytes: 1, etag: "e2" }, odd: 3 } }),
      run("plain", { executionId: "run-2" }),
      run("twin", {}),
      run("twin", {}, { urn: urn("twin").replace("::lyceum", "::shop:Group$lyceum") }),
    ],
  },
});

test.each(["train", urn("train")])("the artifacts of %s are those in the state", (named) => {
  const { executionId, artifacts } = artifactsIn(exported, named, "the stack dev");
  expect([executionId, Object.keys(artifacts)]).toEqual([ID, ["model", "log"]]);
});

test("a run without artifacts, an unknown run and an ambiguous name each have a message", () => {
  const plain = artifactsIn(exported, "run-2", "the stack dev");
  expect(() => chosenFiles("plain", undefined, plain)).toThrow("The state records no artifacts of plain.");
  expect(() => artifactsIn(exported, "old", "the stack dev")).toThrow(
    "The stack dev has no run old; it has train, plain, twin, twin",
  );
  expect(() => artifactsIn('{"deployment":{}}', "x", "the selected stack")).toThrow("The selected stack has no run x");
  expect(() => artifactsIn(exported, "twin", "the stack dev")).toThrow("Several resources of the stack dev are called");
});

test.each([
  [undefined, ["out/model.bin", "out/log"]],
  ["model", ["out/model.bin"]],
  ["out/log", ["out/log"]],
])("the artifact %s selects the keys %j", (path, keys) => {
  const recorded = artifactsIn(exported, "train", "the stack dev");
  expect(chosenFiles("train", path, recorded).map(({ key }) => key)).toEqual(keys);
});

test.each([
  ["p/runs/1-x/", ["p/runs/1-x/out/a", "p/runs/1-x/b"], "p/runs/1-x/"],
  ["p/runs/1-x/", ["p/runs/1-x/out/a", "out/b"], ""],
  ["", ["out/a"], ""],
])("with the folder %j of the run, the files %j are relative to %j", (filesPrefix, keys, expected) => {
  const files = keys.map((key) => ({ name: key, key, bytes: 1, etag: "e", modified: undefined }));
  expect(commonFolder(files, { filesPrefix })).toBe(expected);
});

test("the state has the folder of a run", () => {
  const prefixed = { filesPrefix: "p/runs/1-x/", artifacts: { model } };
  const text = JSON.stringify({ deployment: { resources: [run("up", prefixed)] } });
  expect(artifactsIn(text, "up", "the stack dev")).toEqual({ executionId: ID, ...prefixed });
});

test("an unknown artifact is an error that names the others", () => {
  const recorded = artifactsIn(exported, "train", "the stack dev");
  expect(() => chosenFiles("train", "metrics", recorded)).toThrow(
    "train has no artifact metrics; it has model (out/model.bin), log (out/log)",
  );
});

test.each([
  [ID, true],
  [urn("train"), true],
  ["train", false],
  ["out/model.bin", false],
])("%s names a run: %s", (text, expected) => {
  expect(namesRun(text)).toBe(expected);
});
