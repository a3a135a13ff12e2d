import { UNKNOWN_MARKER } from "../../../compose";
import { parseRecorded } from "../../schema";
import { previewOutputs, updatedOutputs } from "./execution";
import { answerOf, inputsOf, stateOf } from "./translation";
import { received, sent } from "./wire-values";

const context = { urn: "urn:x", scope: "scope" };
const values = { variables: { TAG: "v1", PASSWORD: "x" }, images: { "my.svc": "a:1", my: "b:1" } };
const secretsOf = (paths: readonly (readonly string[])[]) => inputsOf(sent(values, paths), context, undefined).secrets;

test("a map that is secret as a whole stays secret as a whole, even if an entry has the name of a secret", () => {
  expect(secretsOf([["variables"]])).toEqual(["variables"]);
  expect(secretsOf([["images"]])).toEqual(["images", "variables.PASSWORD"]);
});

test("secret entries are named one by one", () => {
  const names = secretsOf([
    ["variables", "TAG"],
    ["images", "my.svc"],
    ["images", "my"],
  ]);
  expect([...(names as string[])].sort()).toEqual([
    "images.my",
    "images.my.svc",
    "variables.PASSWORD",
    "variables.TAG",
  ]);
});

test("a list is secret as a whole, and the properties of this package are not named", () => {
  const paths = [["triggers", "0"], ["__scope"]];
  expect(inputsOf(sent({ triggers: ["a"], __scope: "s" }, paths), context, undefined).secrets).toEqual(["triggers"]);
});

const outputs = parseRecorded({ executionId: "run-1", status: "running" });
const answered = (given: object, recorded?: Parameters<typeof answerOf>[2]) =>
  received(answerOf(outputs, inputsOf(sent({ waitFor: "running", ...given }, []), context, undefined), recorded));

test("the arguments are outputs, and those of secret inputs are secret", () => {
  const inputs = inputsOf(
    sent({ fileName: "a", images: { web: "a:1" } }, [["fileName"], ["images", "web"]]),
    context,
    undefined,
  );
  const { values: shown, secretPaths } = received(answerOf(outputs, inputs));
  expect(shown).toMatchObject({ executionId: "run-1", fileName: "a", images: { web: "a:1" } });
  expect(secretPaths).toEqual(expect.arrayContaining([["fileName"], ["images"]]));
  expect(answered({ fileName: "a" }).secretPaths).toEqual([]);
});

test.each<[string, Record<string, unknown>, string[][]]>([
  ["names secret results", { secretResults: ["model"] }, [["results"]]],
  ["names none", { secretResults: [] }, []],
  ["has no such argument", {}, []],
])("whether results are secret, if the program %s", (_what, given, paths) => {
  const inputs = inputsOf(sent(given, []), context, undefined);
  const ended = { ...outputs, results: { model: "gpt", other: "x" } };
  expect(received(answerOf(ended, inputs)).secretPaths).toEqual(paths);
});

test("what has an output of its own, a text of Compose and secrets are not repeated", () => {
  const { values: shown } = answered({ timeout: 7, composeFileCode: "services: {}", variables: { A: "b" } });
  expect(shown).toMatchObject({ waitFor: "running" });
  for (const name of ["timeout", "composeFileCode", "variables"]) expect(shown).not.toHaveProperty(name);
});

test("without inputs, the recorded arguments stay as they are recorded", () => {
  const recorded = sent({ fileName: "a", waitFor: "completed", status: "failed" }, [["fileName"]]);
  const { values: shown, secretPaths } = received(answerOf(outputs, undefined, recorded));
  expect(shown).toMatchObject({ fileName: "a", waitFor: "completed", status: "running" });
  expect(secretPaths).toEqual([["fileName"]]);
});

test("a preview of a start shows the arguments, and one of an update the new ones", () => {
  const inputs = inputsOf(
    sent({ waitFor: "completed", fileName: "a", timeout: 7 }, [["fileName"]]),
    context,
    undefined,
  );
  const start = received(previewOutputs(inputs));
  expect(start.values).toMatchObject({ waitFor: "completed", timeout: 7, executionId: UNKNOWN_MARKER });
  expect(start.secretPaths).toContainEqual(["fileName"]);
  const before = sent({ executionId: "run-1", waitFor: "running", timeout: 5, onDelete: "abort" }, []);
  const ending = inputsOf(sent({ onDelete: "leave", deleteRecord: true }, []), context, undefined);
  expect(received(updatedOutputs(before, ending)).values).toMatchObject({ onDelete: "leave", deleteRecord: true });
  // Whether other services run next to a job is known only after the check of the project.
  const job = inputsOf(sent({ job: "train" }, []), context, undefined);
  expect(received(previewOutputs(job)).values.job).toBe(UNKNOWN_MARKER);
  expect(received(updatedOutputs(before, inputs)).values).toMatchObject({
    executionId: "run-1",
    waitFor: "completed",
    timeout: 5,
    status: UNKNOWN_MARKER,
  });
});

test.each([
  ["does not change", { createdAt: "2026-03-01T00:00:00Z" }, "2026-03-01T00:00:00Z"],
  ["may become known, if it is not recorded", {}, UNKNOWN_MARKER],
])("in the preview of an update, the time of creation %s", (_name, recorded, createdAt) => {
  const before = sent({ executionId: "run-1", ...recorded }, []);
  const inputs = inputsOf(sent({}, []), context, undefined);
  expect(received(updatedOutputs(before, inputs)).values.createdAt).toBe(createdAt);
});

test("the state of a renamed resource keeps the URN with which its run was started", () => {
  const state = (properties: object) => stateOf("run-1", "urn:new", sent({ status: "running", ...properties }, []));
  expect(state({})).toEqual({ id: "run-1", urn: "urn:new", properties: { status: "running" } });
  expect(state({ __resourceUrn: "urn:old" })).toEqual({ ...state({}), urn: "urn:old" });
});
