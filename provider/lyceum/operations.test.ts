import { isUsableExecutionId, nameOfOperation, pathOf } from "./operations";

test.each([
  ["a", true],
  ["a/b ?é", true],
  ["...", true],
  ["a".repeat(512), true],
  ["a".repeat(513), false],
  ["", false],
  [" ", false],
  [".", false],
  ["..", false],
  ["a\u0000", false],
  ["a\u202e", false],
  ["a\ud800", false],
])("whether the id %j can be part of a path: %s", (id, isUsable) => expect(isUsableExecutionId(id)).toBe(isUsable));

test("the path of a call has its encoded id and its parameters", () => {
  expect(pathOf("getExecution", "a/b")).toBe("/execution/a%2Fb");
  expect(pathOf("getBillingHistory", undefined, { limit: 5, from: "a b" })).toBe("/billing/history?limit=5&from=a%20b");
});

test("the name of a call has the placeholder of the documentation", () => {
  expect(nameOfOperation("getExecution")).toBe("GET /execution/{id}");
});
