import { jobWithServices, withJobEnd } from "./job-end";
import { type ExecutionOutputs, withRecord } from "./record";

const outputs = {
  executionId: "r",
  status: "running",
  job: "train",
  services: { db: 0 },
} as unknown as ExecutionOutputs;

test("only a run with other services next to the job is watched", () => {
  const project = (...services: string[]) =>
    ({ record: {}, model: { services: Object.fromEntries(services.map((name) => [name, {}])) } }) as never;
  expect(jobWithServices({ job: "train", project: project("train") })).toBeUndefined();
  expect(jobWithServices({ job: "train", project: project("train", "db") })).toBe("train");
  expect(jobWithServices({ job: "train" })).toBe("train");
  expect(jobWithServices({ job: "train", composeText: "services: {train: {image: i}}" })).toBeUndefined();
  expect(jobWithServices({ job: "train", composeText: "services: {train: {image: i}, db: {image: d}}" })).toBe("train");
  expect(jobWithServices({ project: project("a", "b") })).toBeUndefined();
});

test("after the end of the job, no record changes how the run has ended", () => {
  const done = withJobEnd(outputs, "train", 0);
  const record = { status: "aborted", returnCode: 143, endedAt: "2026-03-01T12:00:00Z", cost: 2 };
  expect(withRecord(done, record)).toMatchObject({ ...record, status: "completed", returnCode: 0 });
  expect(withRecord(withJobEnd(outputs, "train", 3), record)).toMatchObject({
    status: "failed",
    returnCode: 3,
    failedService: "train",
    services: { db: 0, train: 3 },
  });
  expect(withRecord(outputs, record)).toMatchObject({ status: "aborted", returnCode: 143 });
});
