import type { LyceumPort } from "../../lyceum/port";
import type { ExecutionOutputs } from "../run/record/record";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { explainedByJob, readJobEnd } from "./job-end";

const ended = (more: object = {}) =>
  ({ executionId: "r", status: "timeout", job: "train", ...more }) as unknown as ExecutionOutputs;

function readsOf(logsTail: LyceumPort["logsTail"]) {
  let asked = 0;
  const client = {
    logsTail: (...args: Parameters<LyceumPort["logsTail"]>) => {
      asked += 1;
      return logsTail(...args);
    },
  };
  return { client, clock: createVirtualClock(), asked: () => asked };
}

const shows = (message: string) => readsOf(async () => [{ message }]);

test.each([
  ["timeout", 0, "completed"],
  ["aborted", 0, "completed"],
  ["failed", 4, "failed"],
])("a run with the status %s whose job has ended with code %d is recorded as %s", async (status, code, word) => {
  const reads = shows(`train-1 exited with code ${code}`);
  expect(await explainedByJob(reads, ended({ status }))).toMatchObject({
    status: word,
    returnCode: code,
    jobEnded: true,
  });
});

test.each([
  ["has no job", { job: undefined }],
  ["has not ended", { status: "running" }],
  ["has completed", { status: "completed" }],
  ["has the end of its job already", { jobEnded: true }],
])("the output is not read for a run that %s", async (_name, more) => {
  const reads = shows("train-1 exited with code 0");
  const outputs = ended(more);
  expect(await explainedByJob(reads, outputs)).toBe(outputs);
  expect(reads.asked()).toBe(0);
});

test("an output that does not show the end, fails or never comes changes nothing", async () => {
  const never: LyceumPort["logsTail"] = (_id, _lines, options) =>
    new Promise((_resolve, reject) => options?.signal?.addEventListener("abort", () => reject(new Error("cut"))));
  for (const logsTail of [async () => [{ message: "loss 0.1" }], () => Promise.reject(modelError(500)), never]) {
    const outputs = ended();
    expect(await explainedByJob(readsOf(logsTail), outputs)).toBe(outputs);
  }
  const refused = readsOf(() => Promise.reject(modelError(403)));
  expect(await readJobEnd(refused, "r", "train")).toMatchObject({ refusal: { status: 403 } });
});
