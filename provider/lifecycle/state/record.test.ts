import { recordedRun } from "../testing/maps";
import { withCost, withRecord } from "./record";

const recorded = recordedRun("r1", { executionId: "r1", status: "running", startedAt: "2026-03-01T00:00:00Z" });

test("what a record says is taken, and what it leaves out stays", () => {
  expect(withRecord(recorded, { status: "completed", returnCode: 0 })).toEqual({
    ...recorded,
    status: "completed",
    returnCode: 0,
  });
});

test("the time between start and end is recorded, and the service that an error names", () => {
  const failed = withRecord(recorded, {
    status: "failed",
    endedAt: "2026-03-01T00:01:30.500Z",
    errors: ['service "web" exited with code 3'],
  });
  expect(failed).toMatchObject({ durationSeconds: 90.5, failedService: "web" });
  // A later record that says less takes nothing back.
  expect(withRecord(failed, { status: "failed", returnCode: 3 })).toMatchObject({
    durationSeconds: 90.5,
    failedService: "web",
  });
  expect(withRecord(recorded, { status: "failed", endedAt: "2026-02-28T00:00:00Z" }).durationSeconds).toBeUndefined();
});

test("exit codes by service, and the cost once the run has ended, are recorded", () => {
  const errors = ['service "web" exited with code 3'];
  const going = withRecord(recorded, { status: "stopping", cost: 0.1, errors });
  expect(going).toMatchObject({ services: { web: 3 } });
  expect(going).not.toHaveProperty("cost");
  const failed = withRecord(going, { status: "failed", endedAt: "2026-03-01T00:01:30Z", cost: 0.2 });
  expect(failed).toMatchObject({ services: { web: 3 }, cost: 0.2 });
  // A later refresh of a run that has ended shows no change because a bill was corrected.
  expect(withRecord(failed, { status: "failed", cost: 0.3 })).toBe(failed);
  expect(withCost(failed, { status: "failed", cost: 0.2 })).toBe(failed);
  expect(withCost(recorded, { status: "running", cost: 0.2 })).toBe(recorded);
});

test("a record without news makes no other outputs", () => {
  expect(withRecord(recorded, { status: "running" })).toBe(recorded);
  expect(withRecord(recorded, { status: "running", startedAt: recorded.startedAt ?? "" })).toBe(recorded);
  expect(withRecord(recorded, { status: "running", startedAt: "2026-03-01T00:00:09Z" })).not.toBe(recorded);
});

test("a run that is found again is missing no more, also without news", () => {
  const found = withRecord({ ...recorded, missing: "lost" }, { status: "running" });
  expect(found).toEqual(recorded);
  expect(found).not.toHaveProperty("missing");
});
