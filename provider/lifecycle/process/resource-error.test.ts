import { InitFailure, LifecycleError } from "../run/errors";
import { recordedRun } from "../testing/maps";
import { someInputs } from "../testing/world";
import type { Runtime } from "./engine";
import { resourceError, withRunErrors } from "./resource-error";

const secret = "variable-canary-0123456789";
const inputs = someInputs({ variables: { PASSWORD: secret }, $secrets: ["variables.PASSWORD"] });
const runtime = { context: () => ({}), engine: { flush: async () => undefined } } as unknown as Runtime;

test.each([
  [
    "an error",
    new LifecycleError("LYC3001", `it said ${secret}`),
    { message: expect.stringMatching(/^LYC3001: it said \[redacted\] /) },
  ],
  [
    "a run that failed",
    new InitFailure("run-1", recordedRun("run-1", {}), [`it said ${secret}`, `and ${secret}`]),
    { reasons: ["it said [redacted]", "and [redacted]"] },
  ],
])("%s shows no secret of the inputs", async (_what, error, shown) => {
  const failing = withRunErrors(runtime, inputs, new AbortController().signal, {
    complete: () => inputs,
    mayStart: false,
    work: async () => Promise.reject(error),
  });
  await expect(failing).rejects.toMatchObject(shown);
});

test("the work can redact the secrets of the complete inputs and the URL of a run's output", async () => {
  const shown: string[] = [];
  await withRunErrors(runtime, someInputs(), new AbortController().signal, {
    complete: () => inputs,
    mayStart: false,
    work: async ({ redactorFor }) => {
      shown.push(redactorFor({ streamingUrl: "https://stream/canary" })(`${secret} at https://stream/canary`));
      return recordedRun("run-1", {});
    },
  });
  expect(shown).toEqual(["[redacted] at [redacted]"]);
});

test.each([
  ["a run", "run-1", 1],
  ["a start without a clear answer", "", 0],
])("whether a failure of %s is written to the file of runs: %s", async (_what, executionId, reports) => {
  let written = 0;
  const writing = {
    ...runtime,
    writeReport: async () => {
      written += 1;
    },
  } as unknown as Runtime;
  const work = async () =>
    Promise.reject(new InitFailure("id", recordedRun("unclear-start-k", { executionId, startKey: "k" }), ["no"]));
  const { signal } = new AbortController();
  const failing = withRunErrors(writing, inputs, signal, { complete: () => inputs, mayStart: false, work });
  await expect(failing).rejects.toThrow("no");
  expect(written).toBe(reports);
});

test("the trace of an error is its stack, and the trace of another value is its text", () => {
  const error = new TypeError("a bug");
  expect(resourceError(error)).toMatchObject({
    code: "LYC3999",
    trace: expect.stringMatching(/^TypeError: a bug\n\s+at /),
  });
  expect(resourceError("text").trace).toBe("text");
  expect(resourceError(Object.assign(new Error("e"), { stack: undefined })).trace).toBe("Error: e");
  const same = resourceError("text");
  expect(resourceError(same)).toBe(same);
});
