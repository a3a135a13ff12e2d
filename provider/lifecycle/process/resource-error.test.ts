import { InitFailure, LifecycleError } from "../run/errors";
import { recordedRun } from "../testing/maps";
import { someInputs } from "../testing/world";
import type { Runtime } from "./engine";
import { withRunErrors } from "./resource-error";

const secret = "variable-canary-0123456789";
const inputs = someInputs({ variables: { PASSWORD: secret }, $secrets: ["variables.PASSWORD"] });
const runtime = { engine: { flush: async () => undefined } } as unknown as Runtime;

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
    work: async () => Promise.reject(error),
  });
  await expect(failing).rejects.toMatchObject(shown);
});
