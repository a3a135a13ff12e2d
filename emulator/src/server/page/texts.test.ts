import { accepted } from "../../executions/execution";
import { RunOutput } from "../../executions/output";
import { composeView } from "./compose";
import { cut, PAGE_LIMITS } from "./texts";

test("a text of the largest size is shown whole, and of a longer one the beginning", () => {
  expect(["abc", "abcd", ""].map((text) => cut(text, 3))).toEqual(["abc", "abc…", ""]);
  const [longest, longer] = ["x".repeat(PAGE_LIMITS.text), "x".repeat(PAGE_LIMITS.text + 1)];
  expect([cut(longest), cut(longer)]).toEqual([longest, `${longest}…`]);
});

test.each([
  ["whole", "services: {}", "services: {}", 0, false],
  ["cut", `${"x".repeat(PAGE_LIMITS.composeText - 1)}yz`, `${"x".repeat(PAGE_LIMITS.composeText - 1)}y`, 1, false],
  ["without its secret", "a secret", "a [redacted]", 0, true],
])("the Compose text of a run is shown %s", (_what, code, text, omitted, hasHidden) => {
  const fields = { executionId: "local-1", sequence: 1, fileName: null, machine: "cpu", at: 0 };
  const run = { execution: accepted(fields), body: { compose_file_code: code }, output: new RunOutput() };
  const hide = (line: string) => line.replaceAll("secret", "[redacted]");
  expect(composeView(run, (all) => ({ text: hide(all), hide }))).toEqual({ text, omitted, hasHidden });
});
