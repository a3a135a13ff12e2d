import { observedOf, step } from "../testing/events";
import { shownChanges } from "./changes";
import type { ObservedStep } from "./events";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function changesOf(options: Parameters<typeof step>[2]): readonly string[] {
  const { steps } = observedOf([step("update", "db", { type: "acme:index:Database", old: {}, ...options })]);
  return shownChanges(steps as [ObservedStep]).map(({ path, from, to }) => `${path}: ${from} → ${to}`);
}

test.each<[string, Parameters<typeof step>[2], readonly string[]]>([
  ["a value", { oldInputs: { size: 1 }, new: { size: 2 } }, ["size: 1 → 2"]],
  ["a new and a removed value", { oldInputs: { a: "x" }, new: { b: true } }, ["a: x → null", "b: null → true"]],
  [
    "nested values",
    {
      oldInputs: { tags: { team: "a", "x.y": 1 }, zones: ["a", "b"] },
      new: { tags: { team: "b" }, zones: ["a", "c"] },
    },
    ["tags.team: a → b", 'tags["x.y"]: 1 → null', "zones[1]: b → c"],
  ],
  ["a value that is not known yet", { oldInputs: { host: "a" }, new: { host: UNKNOWN } }, ["host: a → not known yet"]],
  [
    "a secret, which only the provider compares",
    { oldInputs: { pw: SECRET }, new: { pw: SECRET }, paths: ["pw"] },
    ["pw: [secret] → [secret]"],
  ],
  ["plaintext that becomes a secret", { oldInputs: { pw: "plain" }, new: { pw: SECRET } }, ["pw: plain → [secret]"]],
  [
    "plaintext that looks like a secret",
    { oldInputs: { password: "correct-horse-9" }, new: { password: "battery-staple-8" } },
    ["password: (not shown: it looks like a secret) → (not shown: it looks like a secret)"],
  ],
  [
    "plaintext in a variable that has the name of a secret",
    {
      oldInputs: { env: [{ name: "DB_PASSWORD", value: "correct-horse-9" }] },
      new: { env: [{ name: "DB_PASSWORD", value: "battery-staple-8" }] },
    },
    ["env[0].value: (not shown: it looks like a secret) → (not shown: it looks like a secret)"],
  ],
  [
    "what the provider observed outside of the inputs",
    { old: { state: "up" }, oldInputs: {}, new: {}, paths: ["state"] },
    ["state: up → null"],
  ],
  ["a path without any value", { oldInputs: {}, new: {}, paths: ["endpoint"] }, ["endpoint: null → null"]],
  [
    "a path that the inputs show already",
    { oldInputs: { tags: { a: 1 } }, new: { tags: { a: 2 } }, paths: ["tags"] },
    ["tags.a: 1 → 2"],
  ],
  ["the code of a dynamic provider is left out", { oldInputs: { __provider: "a" }, new: { __provider: "b" } }, []],
  [
    "a long value is cut",
    { oldInputs: { text: "a" }, new: { text: "b".repeat(999) } },
    [`text: a → ${"b".repeat(199)}…`],
  ],
])("the changes of a resource: %s", (_, options, expected) => {
  expect(changesOf(options)).toEqual(expected);
});
