import type { InitFailure } from "../../run/errors";
import type { ExecutionOutputs } from "../../run/record/record";
import { modelError, unclearStart } from "../../testing/model-service";
import { createWorld, someInputs, startsOf, type World } from "../../testing/world";
import { createExecution } from "../create";
import { type RetryFacts, startsAgain } from "./retry";

const RETRIES = { attempts: 3, on: ["system_failure", "timeout"] } as const;
const failed = { executionId: "r1", status: "system_failure", endedAt: "2026-03-01T12:00:00Z" };
const facts: RetryFacts = { retries: RETRIES, run: failed, attempts: 1, isCancelled: false, secondsLeft: 60 };

test.each<[string, Partial<RetryFacts>, boolean]>([
  ["a failure that is named", {}, true],
  ["the other failure that is named", { run: { ...failed, status: "timeout" } }, true],
  ["a word of the vendor's clients", { run: { ...failed, status: "failed_system" } }, true],
  ["a failure that is not named", { run: { ...failed, status: "failed", returnCode: 1 } }, false],
  ["no retries", { retries: undefined }, false],
  ["a run that was adopted by its id", { run: { ...failed, adopted: true } }, false],
  ["a run that is still active", { run: { executionId: "r1", status: "running" } }, false],
  ["an aborted run", { run: { ...failed, status: "aborted" } }, false],
  ["an end that could not be read", { run: { ...failed, endUnread: true } }, false],
  ["a start without a clear answer", { run: { ...failed, executionId: "" } }, false],
  ["the last attempt but one", { attempts: 2 }, true],
  ["the last attempt", { attempts: 3 }, false],
  ["a cancel", { isCancelled: true }, false],
  ["no time of customTimeouts", { secondsLeft: 0 }, false],
])("after %s", (_what, more, again) => expect(startsAgain({ ...facts, ...more })).toBe(again));

type Script = World["service"]["behaviour"]["script"];
const RUNNING = { after: 1, status: "running" };
const FAILS: Script = [RUNNING, { after: 5, status: "system_failure" }];
const COMPLETES: Script = [RUNNING, { after: 5, status: "completed", returnCode: 0 }];

/** Makes a world in which each run has its own script. Later runs have the last one. */
function worldOf(...scripts: readonly Script[]): World {
  const world = createWorld();
  const { behaviour, runs } = world.service;
  Object.defineProperty(behaviour, "script", { get: () => scripts[runs.length] ?? scripts.at(-1) });
  return world;
}

const inputs = (more: object = {}) => someInputs({ waitFor: "completed", retries: { attempts: 3 }, ...more });
const failureOf = async (work: Promise<unknown>) =>
  (await work.catch((error) => error)) as InitFailure<ExecutionOutputs>;
const attemptsIn = ({ service }: World) => service.runs.map(({ request }) => request.file_name.slice(21, 24));

test("a run that Lyceum lost is followed by another one, with the next attempt in its key", async () => {
  const world = worldOf(FAILS, FAILS, COMPLETES);
  const outputs = await createExecution(world.context, inputs());
  expect(outputs).toMatchObject({
    executionId: "run-3",
    status: "completed",
    attempt: 3,
    retriedExecutionIds: ["run-1", "run-2"],
  });
  expect(attemptsIn(world)).toEqual(["001", "002", "003"]);
  expect(world.reported.filter((line) => line.includes("attempts: "))).toEqual([
    'notice: Run run-1 ended with the status "system_failure". `retries` allows 3 attempts: attempt 2 begins.',
    'notice: Run run-2 ended with the status "system_failure". `retries` allows 3 attempts: attempt 3 begins.',
  ]);
  expect(world.reported.join("\n")).toContain("progress: running (attempt 2 of 3, run run-2)");
});

test("the first run that succeeds is the only one", async () => {
  const world = worldOf(COMPLETES);
  const outputs = await createExecution(world.context, inputs());
  expect(startsOf(world)).toBe(1);
  expect(outputs).not.toHaveProperty("retriedExecutionIds");
});

test("after the last attempt the failure names the runs before it", async () => {
  const world = worldOf(FAILS);
  const { id, outputs, reasons } = await failureOf(createExecution(world.context, inputs()));
  expect([id, startsOf(world), outputs.retriedExecutionIds]).toEqual(["run-3", 3, ["run-1", "run-2"]]);
  expect(reasons[0]).toMatch(/^LYC3001: Run run-3/);
  expect(reasons[1]).toBe("Before it, 2 runs of this command failed: run-1, run-2.");
});

test("a failure that the program does not name ends the create", async () => {
  const world = worldOf([RUNNING, { after: 5, status: "failed", returnCode: 1 }]);
  await failureOf(createExecution(world.context, inputs()));
  expect(startsOf(world)).toBe(1);
});

test("a second start that is refused keeps the failed run in the state", async () => {
  const world = worldOf(FAILS);
  const { behaviour } = world.service;
  world.clock.at(3, () => {
    behaviour.starts = [{ answer: { kind: "refused", error: modelError(402) } }] as never;
  });
  const { id, outputs, reasons } = await failureOf(createExecution(world.context, inputs()));
  expect([id, outputs.status]).toEqual(["run-1", "system_failure"]);
  expect(reasons.join("\n")).toContain("The next attempt was not started.");
});

test("a second start without a clear answer is recorded, with the run before it", async () => {
  const world = worldOf(FAILS);
  const { behaviour } = world.service;
  world.clock.at(3, () => {
    behaviour.starts = [unclearStart(true)];
    behaviour.failing = { listActive: undefined as never };
  });
  world.clock.at(8, () => {
    behaviour.failing = { listActive: modelError(500), history: modelError(500) };
  });
  const { outputs, reasons } = await failureOf(createExecution(world.context, inputs()));
  expect(outputs).toMatchObject({ executionId: "", attempt: 2, retriedExecutionIds: ["run-1"] });
  expect(reasons[0]).toContain("LYC3004");
});

test("customTimeouts limits all attempts together", async () => {
  const world = worldOf(FAILS);
  const begun = world.clock.now();
  await failureOf(createExecution(world.context, inputs({ $timeouts: { create: 8 } })));
  expect(world.clock.now() - begun).toBeLessThan(10_000);
  expect(startsOf(world)).toBeLessThan(3);
  const slow = worldOf(FAILS);
  await failureOf(createExecution(slow.context, inputs({ $timeouts: { create: 100 } })));
  expect(startsOf(slow)).toBe(3);
});

test.each([0.5, 3, 4.9, 5, 5.1, 5.5, 6, 8, 10.5, 12])("after a cancel at %d s, no other run starts", async (second) => {
  const world = worldOf(FAILS);
  const cancel = new AbortController();
  const at = world.clock.now() + second * 1000;
  world.clock.at(second, () => cancel.abort());
  await failureOf(createExecution(world.context, inputs(), { signal: cancel.signal, run: "leave" }));
  expect(world.service.runs.filter(({ createdAt }) => createdAt > at)).toEqual([]);
});

test.each([
  ["the record shows that the run goes on", 2, 0],
  ["the record shows that the run goes on, and no list shows the run", 2, 1000],
  ["the list still shows the run", 50, 0],
])("a failure that may be taken back starts no other run: %s", async (_what, answers, lag) => {
  const world = worldOf([RUNNING, { after: 200, status: "completed", returnCode: 0 }]);
  // The answers show a failure by its word alone. The list shows the run with a word that is not known.
  world.service.behaviour.takenBack.set("run-1", { status: "system_failure", answers });
  Object.assign(world.service.behaviour, { listedAs: "odd", lag });
  const begunAt = world.clock.now();
  const { outputs, reasons } = await failureOf(createExecution(world.context, inputs()));
  expect(world.clock.now() - begunAt).toBeLessThan(60_000);
  expect([startsOf(world), outputs.executionId, outputs.endUnread]).toEqual([1, "run-1", true]);
  expect(reasons.join("\n")).toContain("It is not certain that the run has ended");
});

test("a failure by its word alone starts no other run if the active list cannot be read", async () => {
  const world = worldOf([RUNNING, { after: 200, status: "completed", returnCode: 0 }]);
  world.service.behaviour.takenBack.set("run-1", { status: "system_failure", answers: 50 });
  world.clock.at(0.5, () => {
    world.service.behaviour.failing = { listActive: modelError(404) };
  });
  const { outputs } = await failureOf(createExecution(world.context, inputs()));
  expect([startsOf(world), outputs.executionId, outputs.endUnread]).toEqual([1, "run-1", true]);
});

test("the active run of another resource does not prevent another run", async () => {
  const world = worldOf(FAILS, [RUNNING], COMPLETES);
  world.clock.at(2, () => void world.service.client.start({ compose_file_code: "", file_name: "another" }));
  expect(await createExecution(world.context, inputs())).toMatchObject({ executionId: "run-3", status: "completed" });
});

test("a failed run that the list shows for some more seconds is followed by another run", async () => {
  const world = worldOf([RUNNING, { after: 12, status: "system_failure" }], COMPLETES);
  world.service.behaviour.takenBack.set("run-1", { status: "system_failure", answers: 50 });
  world.service.behaviour.listedAs = "odd";
  expect(await createExecution(world.context, inputs())).toMatchObject({ executionId: "run-2", status: "completed" });
});

test("a failure with its time is followed by another run, although the list cannot be read then", async () => {
  const world = worldOf(FAILS, COMPLETES);
  world.clock.at(4, () => {
    world.service.behaviour.failing = { listActive: modelError(404) };
  });
  world.clock.at(20, () => {
    world.service.behaviour.failing = {};
  });
  expect(await createExecution(world.context, inputs())).toMatchObject({ executionId: "run-2", status: "completed" });
});

test("the next command finds the run of an unclear second start, and keeps the id of the run before", async () => {
  const world = worldOf(FAILS, [RUNNING, { after: 300, status: "completed", returnCode: 0 }]);
  const { behaviour } = world.service;
  world.clock.at(3, () => {
    behaviour.starts = [unclearStart(true)];
  });
  world.clock.at(8, () => {
    behaviour.failing = { listActive: modelError(500), history: modelError(500) };
  });
  const { outputs: pending } = await failureOf(createExecution(world.context, inputs()));
  behaviour.failing = {};
  const next = createWorld(world);
  const outputs = await createExecution(next.context, inputs({ waitFor: "running" }), undefined, pending);
  expect(outputs).toMatchObject({ executionId: "run-2", retriedExecutionIds: ["run-1"] });
  // An update makes no other attempt.
  for (const run of world.service.runs) world.service.end(run, "system_failure");
  await failureOf(createExecution(createWorld(next).context, inputs(), undefined, pending));
  expect(startsOf(world)).toBe(2);
});
