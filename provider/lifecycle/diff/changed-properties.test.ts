import type { ResourceInputs } from "../run/inputs";
import { changedProperties } from "./changed-properties";

const inputs = (values: Record<string, unknown>, secrets: readonly string[] = []): ResourceInputs => ({
  urn: "urn",
  values,
  secrets,
});

/**
 * Writes each change as one word: `+path` added, `-path` deleted, `~path` updated. A `!` at the end means that the
 * change replaces the resource.
 */
const listed = (...asked: Parameters<typeof changedProperties>) =>
  changedProperties(...asked).map(
    ({ path, kind, replaces, of }) =>
      `${{ add: "+", delete: "-", update: "~" }[kind]}${path}${replaces ? "!" : ""}${of === "outputs" ? " of the run" : ""}`,
  );

test("each property has its path and kind; those that call for a new run replace", () => {
  const olds = inputs({
    executionType: "cpu",
    timeout: 60,
    triggers: ["a", { tag: 1 }, "gone"],
    variables: { TAG: "1", "my.tag": "1" },
    registryCredentials: { type: "basic", username: "u", password: "one" },
  });
  const news = inputs({
    executionType: "gpu.a100",
    triggers: ["a", { tag: 2 }],
    variables: { TAG: "1", "my.tag": "2" },
    registryCredentials: { type: "basic", username: "u", password: "two" },
    fileName: "nightly",
  });
  expect(listed("replace", olds, news, [])).toEqual([
    "~executionType!",
    "-timeout",
    "~triggers[1].tag!",
    "-triggers[2]!",
    '~variables["my.tag"]!',
    "~registryCredentials.password",
    "+fileName",
  ]);
});

test("no property replaces in an update, or where a change has no effect", () => {
  const olds = inputs({ timeout: 60, triggers: [] });
  const news = inputs({ timeout: 90, triggers: [], onDelete: "leave" });
  expect(listed("update", olds, news, [])).toEqual(["~timeout", "+onDelete"]);
  expect(listed("same", olds, news, [])).toEqual(["~timeout", "+onDelete"]);
  expect(listed("same", olds, olds, [])).toEqual([]);
});

test("a default is not a property of the program, so a change adds or deletes the property", () => {
  const filled = (values: Record<string, unknown>, ...defaults: readonly string[]) => ({ ...inputs(values), defaults });
  const plain = filled({ timeout: 60, triggers: [], waitFor: "running" }, "timeout", "triggers", "waitFor");
  const given = filled({ timeout: 90, triggers: ["a"], waitFor: "running" });
  expect(listed("replace", plain, given, [])).toEqual(["+timeout", "+triggers!"]);
  expect(listed("replace", given, plain, [])).toEqual(["-timeout", "-triggers!"]);
  const other = filled({ timeout: 61, triggers: [], waitFor: "running" }, "timeout", "triggers", "waitFor");
  expect(listed("same", plain, other, [])).toEqual([]);
});

test("a setting that replaceOnChanges names replaces", () => {
  expect(listed("replace", inputs({ timeout: 60 }), inputs({ timeout: 90 }), ["timeout"])).toEqual(["~timeout!"]);
});

test("a compose project is listed by the keys of its model", () => {
  const model = (image: string) => ({ services: { train: { image, command: ["a"] } } });
  const olds = inputs({ composeFile: "a.yaml", compose: model("busybox:1") });
  const news = inputs({ composeFile: "b.yaml", compose: model("busybox:2") });
  expect(listed("replace", olds, news, [])).toEqual(["~composeFile", "~compose.services.train.image!"]);
});

test("an argument that was or is secret is named as a whole", () => {
  const olds = inputs({ clocks: { queue: 1 }, variables: { A: "1", B: "1" } }, ["clocks"]);
  const news = inputs({ clocks: { queue: 2 }, variables: { A: "2", B: "2" } }, ["variables.A"]);
  expect(listed("same", olds, news, [])).toEqual(["~clocks", "~variables.A", "~variables.B"]);
  expect(listed("same", inputs({ triggers: ["x"] }), inputs({ triggers: ["y"] }, ["triggers"]), [])).toEqual([
    "~triggers",
  ]);
});

test("a change without a changed input is one of the run", () => {
  const same = inputs({ timeout: 60 });
  expect(listed("replace", same, same, [])).toEqual(["~executionId! of the run"]);
  expect(listed("replace", same, inputs({ timeout: 90 }), [])).toEqual(["~timeout", "~executionId! of the run"]);
  expect(listed("update", same, same, [])).toEqual(["~status of the run"]);
  expect(listed("replace", undefined, same, [])).toEqual(["~executionId! of the run"]);
});

test("a list that becomes a map, or a map that becomes text, is one update", () => {
  expect(listed("replace", inputs({ triggers: [1] }), inputs({ triggers: { 0: 1 } }), [])).toEqual(["~triggers!"]);
  expect(listed("replace", inputs({ triggers: [[1]] }), inputs({ triggers: ["x"] }), [])).toEqual(["~triggers[0]!"]);
});
