import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isUsableExecutionId, nameOfOperation, OPERATIONS, pathOf, READ_SECONDS } from "./operations";

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

test("docs/reference/errors.md has the time limits of a read and of a start", () => {
  const page = readFileSync(join(__dirname, "../../docs/reference/errors.md"), "utf8");
  const { timeoutSeconds } = OPERATIONS.startComposeExecution;
  expect(page).toContain(
    `waits ${READ_SECONDS} s for the answer to a read, and ${timeoutSeconds} s for the answer to a`,
  );
});
