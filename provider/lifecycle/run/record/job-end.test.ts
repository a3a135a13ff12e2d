import { endedAtTimeout, endedBeforeStop, jobWithServices, longestStop, withJobEnd } from "./job-end";
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

const startedAt = "2030-01-01T00:00:00.000Z";
const second = (count: number) => new Date(Date.parse(startedAt) + count * 1000).toISOString();
const run = { startedAt, timeout: 60, gracefulTimeout: 10 };

test.each<readonly [string, number | undefined, object, boolean]>([
  ["a second before the timeout", 59, run, false],
  ["at the timeout", 60, run, true],
  ["as long after the timeout as a stop takes", 100, run, true],
  ["later after the timeout than a stop takes", 101, run, false],
  ["as long before the end of the run as a stop takes", 80, { ...run, endedAt: second(120) }, true],
  ["longer before the end of the run than a stop takes", 80, { ...run, endedAt: second(121) }, false],
  ["after the end of the run, by less than a stop takes", 130, { ...run, endedAt: second(90) }, true],
  ["at an unknown time", undefined, run, false],
  ["in a run without a start", 60, { timeout: 60 }, false],
  ["in a run without a timeout", 60, { startedAt }, false],
])("whether the timeout may have ended a job that ended %s", (_when, at, limits, isByTimeout) => {
  const exit = { exitCode: 0, ...(at === undefined ? {} : { at: Date.parse(second(at)) }) };
  expect(endedAtTimeout(exit, limits)).toBe(isByTimeout);
});

test("a run whose grace period is not known may take as long as the longest one to stop", () => {
  expect([longestStop({ gracefulTimeout: 10 }), longestStop({})]).toEqual([40_000, 330_000]);
});

test.each([
  [0, true],
  [1, true],
  [129, true],
  [130, false],
  [137, false],
  [143, false],
])("whether a job with the exit code %i ended before its run was stopped: %s", (exitCode, isBefore) => {
  expect(endedBeforeStop({ exitCode }, run)).toBe(isBefore);
});

test("a job that ended at the timeout did not end before the stop", () => {
  expect(endedBeforeStop({ exitCode: 0, at: Date.parse(second(60)) }, run)).toBe(false);
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
