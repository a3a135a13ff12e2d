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

const explained = async (...args: Parameters<typeof explainedByJob>) => {
  const end = await explainedByJob(...args);
  return end.kind === "known" ? end.outputs : end.kind;
};

test.each([
  ["timeout", 0, "completed"],
  ["aborted", 0, "completed"],
  ["failed", 4, "failed"],
])("a run with the status %s whose job has ended with code %d is recorded as %s", async (status, code, word) => {
  const reads = shows(`train-1 exited with code ${code}`);
  expect(await explained(reads, ended({ status }))).toMatchObject({
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
  expect(await explained(reads, outputs)).toBe(outputs);
  expect(reads.asked()).toBe(0);
});

test("an output that does not show the end, or is refused, changes nothing", async () => {
  for (const logsTail of [async () => [{ message: "loss 0.1" }], () => Promise.reject(modelError(403))]) {
    const outputs = ended();
    expect(await explained(readsOf(logsTail), outputs)).toBe(outputs);
  }
  const refused = readsOf(() => Promise.reject(modelError(403)));
  expect(await readJobEnd(refused, "r", "train")).toMatchObject({ refusal: { status: 403 } });
});

test("an output that cannot be read for now proves nothing", async () => {
  const never: LyceumPort["logsTail"] = (_id, _lines, options) =>
    new Promise((_resolve, reject) => options?.signal?.addEventListener("abort", () => reject(new Error("cut"))));
  for (const logsTail of [() => Promise.reject(modelError(500)), never])
    expect(await explained(readsOf(logsTail), ended())).toBe("unread");
});

describe("a job that was stopped together with its run", () => {
  const run = { startedAt: "2030-01-01T00:00:00Z", timeout: 60, gracefulTimeout: 10 };
  const at = (seconds: number, code: number) =>
    readsOf(async () => [
      {
        message: `train-1 exited with code ${code}`,
        timestamp: new Date(Date.parse(run.startedAt) + seconds * 1000).toISOString(),
      },
    ]);

  test.each([130, 137, 143])("does not decide with the exit code %d of a signal", async (code) => {
    for (const status of ["aborted", "timeout", "failed"]) {
      const outputs = ended({ ...run, status });
      expect(await explained(at(20, code), outputs)).toBe(outputs);
    }
  });

  test("does not decide if it ended at the timeout, even with exit code 0", async () => {
    const outputs = ended(run);
    for (const seconds of [60, 65, 70]) expect(await explained(at(seconds, 0), outputs)).toBe(outputs);
    // The run went on for longer than Lyceum needs to stop it, so its timeout came later.
    const later = ended({ ...run, endedAt: "2030-01-01T00:03:00Z" });
    expect(await explained(at(65, 0), later)).toMatchObject({ jobEnded: true });
    // A time of another clock says nothing.
    for (const seconds of [59, 7200])
      expect(await explained(at(seconds, 0), outputs)).toMatchObject({ jobEnded: true });
  });
});
