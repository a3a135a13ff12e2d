import * as pulumi from "@pulumi/pulumi";
import { getExecution, listExecutions } from "./function-calls.generated";

/**
 * Calls the function with an id of another type. TypeScript refuses such a call, but a JavaScript program may contain
 * it.
 */
const given = (executionId: unknown) => getExecution({ executionId: executionId as string });

test.each([
  ["an output", () => pulumi.output("run-1")],
  ["a promise", () => Promise.resolve("run-1")],
])("%s as the id is refused, and the error names the function for it", async (_name, id) => {
  await expect(given(id())).rejects.toThrow(
    /^LYC4010: executionId .*not an output.*getExecutionOutput\(\{executionId: …\}\)/,
  );
});

test.each([[undefined], [7], [null], [{}]])("the id %j is refused", async (id) => {
  await expect(given(id)).rejects.toThrow(/^LYC4010: .*executionId must be the id of a run/);
});

test("the refusal hides its stack trace from the user", async () => {
  await expect(given(undefined)).rejects.toBeInstanceOf(pulumi.RunError);
});

test("no arguments at all are refused in the same way", async () => {
  await expect(getExecution(undefined as never)).rejects.toThrow(/^LYC4010: /);
});

test("all errors of the arguments are reported together", async () => {
  await expect(listExecutions({ state: "ended" as never, limit: 0, colour: "red" } as never)).rejects.toThrow(
    /^LYC4010: state must be one of "active", "all".*\nLYC4010: limit must be .*\nLYC4010: colour is not an argument of listExecutions/,
  );
});
