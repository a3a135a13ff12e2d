import { createExecution } from "../create/create";
import { decideDiff } from "../diff/diff-decision";
import { read } from "../read/read";
import { type InitFailure, messageOf } from "../run/errors";
import type { ExecutionOutputs } from "../run/record/record";
import { modelError } from "../testing/model-service";
import { createWorld, NEVER, recordedAs, runtimeOf, someInputs, startsOf, type World } from "../testing/world";
import { updateExecution } from "../update/update";

const text = "services:\n  train: {image: train, depends_on: [db]}\n  db: {image: db}\n";
const desired = someInputs({ composeFileCode: text, job: "train", waitFor: "completed", timeout: 300 });
const LINE = "train-1 exited with code 0";

/** Makes a world in which the run is aborted after 60 s, and the output answers 500 until then or for ever. */
function world(): World {
  const made = createWorld();
  made.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 60, status: "aborted", returnCode: 137 },
  ];
  made.service.behaviour.failing = { logsTail: modelError(500) };
  made.service.behaviour.output = [LINE];
  return made;
}

/** Returns the context of a world in which the record names a service that was stopped after the end of the job. */
function withStoppedService({ context, service }: World): World["context"] {
  const { record } = service.client;
  const client: typeof context.client = {
    ...context.client,
    record: async (...args) => {
      const found = await record(...args);
      const errors = ['Service "db" exited with code 137.'];
      return found.kind === "found" ? { ...found, value: { ...found.value, errors } } : found;
    },
  };
  return { ...context, client };
}

const failed = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: InitFailure<ExecutionOutputs>) => error,
  );

test("a run whose output cannot be read at its end is read again by the next command, and not started again", async () => {
  const made = world();
  const failure = await failed(createExecution(made.context, desired));
  const outputs = failure?.outputs as ExecutionOutputs;
  expect(messageOf(failure)).toMatch(/LYC3010: Run run-1 has ended, but its output, .* cannot be read now: model 500/);
  expect(outputs).toMatchObject({ status: "unknown", job: "train" });
  // At the next diff, the output still answers 500. At the update after it, the output can be read.
  const next = createWorld(made);
  const drift = await next.context.drift.current(outputs, "rerun");
  const decision = decideDiff({
    recorded: drift.outputs,
    news: desired,
    olds: desired,
    unknown: [],
    scopeUnknown: false,
  });
  expect(decision).toMatchObject({ kind: "update", why: expect.stringMatching(/^resumes waiting/) });
  made.service.behaviour.failing = {};
  const done = await updateExecution(createWorld(made).context, outputs, desired);
  expect(done).toMatchObject({ executionId: "run-1", status: "completed", returnCode: 0, jobEnded: true });
  expect(startsOf(made)).toBe(1);
});

test("a refresh does not record an end whose output cannot be read", async () => {
  const made = world();
  const running = await createExecution(made.context, { ...desired, waitFor: "running" });
  await made.clock.sleep(100);
  const refreshed = () =>
    read(runtimeOf(createWorld(made).context) as never, { state: recordedAs("run-1", running), signal: NEVER });
  expect(await refreshed()).toMatchObject({ status: "running" });
  made.service.behaviour.failing = {};
  expect(await refreshed()).toMatchObject({ status: "completed", jobEnded: true });
});

test("a lookup before a start starts nothing if the output of an ended run cannot be read", async () => {
  const made = world();
  await failed(createExecution(made.context, { ...desired, clocks: { run: 10 } }));
  await made.clock.sleep(100);
  const failure = await failed(createExecution(createWorld(made).context, desired));
  expect(messageOf(failure)).toMatch(/LYC3010: Run run-1 has ended, but its output/);
  made.service.behaviour.failing = {};
  expect(await createExecution(createWorld(made).context, desired)).toMatchObject({ executionId: "run-1" });
  expect(startsOf(made)).toBe(1);
});

test("the end of the job that was seen counts, even if the run ends at this moment and its output cannot be read", async () => {
  const made = world();
  made.service.behaviour.failing = { abort: modelError(403) };
  made.clock.at(30, () => {
    made.service.behaviour.failing = { abort: modelError(403), logsTail: modelError(500) };
  });
  expect(await createExecution(made.context, desired)).toMatchObject({ status: "completed", returnCode: 0 });
});

test("services that were stopped after the end of the job are not named as the reason of its failure", async () => {
  const made = world();
  made.service.behaviour.failing = {};
  made.service.behaviour.output = ["train-1 exited with code 3"];
  const failure = await failed(createExecution(withStoppedService(made), desired));
  expect(failure?.outputs).toMatchObject({ status: "failed", returnCode: 3, failedService: "train" });
  expect(messageOf(failure)).toMatch(/service "train" exited with code 3/);
});

test("a job that ends with success has no failed service", async () => {
  const made = world();
  made.service.behaviour.failing = {};
  const outputs = await createExecution(withStoppedService(made), desired);
  expect(outputs).toMatchObject({ status: "completed", jobEnded: true });
  expect(outputs).not.toHaveProperty("failedService");
});
