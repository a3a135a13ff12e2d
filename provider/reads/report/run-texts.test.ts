import { codeOf, money } from "./run-texts";

test.each([
  ["failed", 137, " (exit code 137, killed: often out of memory, or the grace period ended)"],
  ["failed", 3, " (exit code 3)"],
  // The abort itself killed the services.
  ["aborted", 137, " (exit code 137)"],
  ["cancelled", 143, " (exit code 143)"],
  ["running", undefined, ""],
])("a run with the status %s and the exit code %s is shown as %j", (status, returnCode, text) => {
  expect(codeOf({ status, ...(returnCode === undefined ? {} : { returnCode }) })).toBe(text);
});

test.each([
  [0, "0.00"],
  [0.001, "< 0.01"],
  [0.0099, "< 0.01"],
  [0.01, "0.01"],
  [12.5, "12.50"],
])("the amount %d is shown as %s", (amount, text) => {
  expect(money(amount)).toBe(text);
});
