import { leavesOf, shownValue } from "./leaves";

/** The leaves of a value as text, for example in a comment on a pull request. */
const shown = (value: unknown) =>
  leavesOf(value, "").map((leaf) =>
    leaf.kind === "known" ? `${leaf.path}=${shownValue(leaf.value, leaf.key)}` : `${leaf.path}: ${leaf.kind}`,
  );
const HIDDEN = "(not shown: it looks like a secret)";

test.each([
  ["a variable of a container", { name: "DB_PASSWORD", value: "hunter2secret" }, "value", HIDDEN],
  ["a pair with a key", { key: "db_password", value: "hunter2secret" }, "value", HIDDEN],
  ["a pair with capitals", { Name: "DB_PASSWORD", Value: "hunter2secret" }, "Value", HIDDEN],
  ["a pair with the value first", { value: "hunter2secret", name: "DB_PASSWORD" }, "value", HIDDEN],
  ["several values", { name: "DB_PASSWORD", value: ["hunter2secret"] }, "value[0]", HIDDEN],
  ["a variable with an ordinary name", { name: "REGION", value: "eu-central-1" }, "value", "eu-central-1"],
  ["a name that is not known", { name: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", value: "blue" }, "value", "blue"],
  ["a map without a name", { value: "hunter2secret" }, "value", "hunter2secret"],
  ["an entry of a map", { DB_PASSWORD: "hunter2secret" }, "DB_PASSWORD", HIDDEN],
])("the value in a pair of name and value: %s", (_, pair, path, text) => {
  expect(shown({ env: [pair] })).toContain(`env[0].${path}=${text}`);
});

test("of an object with a name and a value, the name is shown", () => {
  expect(shown({ env: [{ name: "DB_PASSWORD", value: "hunter2secret" }] })).toContain("env[0].name=DB_PASSWORD");
});

test("a text of JSON with such a pair is not shown", () => {
  const text = JSON.stringify([{ environment: [{ name: "DB_PASSWORD", value: "hunter2secret" }] }]);
  expect(shown({ containers: text })).toEqual([`containers=${HIDDEN}`]);
});

test.each([
  ["an empty list", [], "env=[]"],
  ["an empty map", {}, "env={}"],
  ["nothing", null, "env=null"],
  ["a missing value", undefined, "env=null"],
])("%s is a value, so a review shows when it changes", (_name, env, text) => {
  expect(shown({ env })).toEqual([text]);
});
