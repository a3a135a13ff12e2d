import { createExecution } from "../create/create";
import { type InitFailure, messageOf } from "../run/errors";
import type { ExecutionOutputs } from "../run/record/record";
import { modelError } from "../testing/model-service";
import { abortsOf, createWorld, someInputs, startsOf, type World } from "../testing/world";
import { watchJob } from "./job";

const text = "services:\n  train: {image: train, depends_on: [db]}\n  db: {image: db}\n";
const desired = (more: object = {}) =>
  someInputs({ composeFileCode: text, job: "train", waitFor: "completed", timeout: 300, ...more });

/** Makes a world in which the job of a run ends after 20 s, and the other services at the `timeout`. */
function world(exitCode = 0, before?: World): World {
  const made = createWorld(before);
  made.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 300, status: "timeout" },
  ];
  if (before === undefined)
    made.clock.at(20, () => made.service.behaviour.output.push("loss 0.1", `train-1 exited with code ${exitCode}`));
  return made;
}

async function created(of: World, more: object = {}) {
  const from = of.clock.now();
  const result = await createExecution(of.context, desired(more)).catch(
    (error: InitFailure<ExecutionOutputs>) => error,
  );
  const failed = result instanceof Error;
  return {
    seconds: (of.clock.now() - from) / 1000,
    outputs: failed ? result.outputs : result,
    message: failed ? messageOf(result) : undefined,
  };
}

test("the end of the job ends the run, and the run is completed", async () => {
  const made = world();
  const { outputs, seconds } = await created(made);
  expect(outputs).toMatchObject({ status: "completed", returnCode: 0, jobEnded: true, job: "train" });
  expect(seconds).toBeLessThan(40);
  expect(made.service.calls.filter((call) => call === "logsTail").length).toBeLessThan(8);
  expect(made.reported.filter((line) => line.startsWith("warning"))).toEqual([]);
  expect(abortsOf(made)).toEqual(["run-1"]);
  expect(made.service.runs).toHaveLength(1);
  expect(made.reported).toContain("progress: job train has ended; stopping the other services (run run-1)");
});

test("a job that fails makes the run fail with its exit code, although Lyceum shows an aborted run", async () => {
  const { outputs, message } = await created(world(3));
  expect(outputs).toMatchObject({ status: "failed", returnCode: 3, failedService: "train" });
  expect(message).toMatch(/^LYC3001: .*service "train" exited with code 3/);
});

test.each([
  [
    "refuses the abort",
    { failing: { abort: modelError(403) } },
    /could not be stopped \(POST \/workloads\/abort\/\{id\} answered 403\)/,
  ],
  ["does not abort the run", { abortWorks: false }, /could not be stopped \(.*has not reported the end/],
])(
  "a service that %s lets the run go on until its timeout, and the job still decides",
  async (_name, behaviour, warning) => {
    const made = world();
    Object.assign(made.service.behaviour, behaviour);
    const { outputs, seconds } = await created(made);
    expect(outputs).toMatchObject({ status: "completed", returnCode: 0 });
    expect(seconds).toBeGreaterThanOrEqual(299);
    expect(made.reported.filter((line) => line.startsWith("warning"))).toEqual([expect.stringMatching(warning)]);
  },
);

test("a service that refuses the output is reported once, and the timeout ends the run", async () => {
  const made = world();
  made.service.behaviour.failing = { logsTail: modelError(403) };
  const { outputs, message } = await created(made);
  expect(outputs).toMatchObject({ status: "timeout" });
  expect(message).toMatch(/^LYC3001: .*Its output did not show the end of job train\. /);
  expect(made.reported.filter((line) => line.startsWith("warning"))).toEqual([
    expect.stringMatching(/LYC3015: The end of job train cannot be seen, because GET .* answered 403.* of 300 s\./),
  ]);
});

test("a run of an interrupted command, whose services were stopped after the end of the job, is not run again", async () => {
  const made = world();
  const first = created(made, { clocks: { run: 10 } });
  expect((await first).message).toMatch(/LYC3002/);
  // The next process has no state of the run. Somebody aborted the run after its job had ended.
  await made.clock.sleep(30);
  await made.service.client.abort("run-1" as never);
  await made.clock.sleep(30);
  const next = world(0, made);
  const { outputs } = await created(next);
  expect(outputs).toMatchObject({ executionId: "run-1", status: "completed", returnCode: 0 });
  expect(startsOf(next)).toBe(1);
});

test("without the line about the job, an aborted run is an aborted run", async () => {
  const made = createWorld();
  made.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 30, status: "aborted", returnCode: 143 },
  ];
  const { outputs } = await created(made);
  expect(outputs).toMatchObject({ status: "aborted", returnCode: 143 });
  expect(outputs).not.toHaveProperty("jobEnded");
});

test("the line about the job counts, even if the log shows it only some seconds after the end of the run", async () => {
  const made = createWorld();
  made.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 30, status: "failed", returnCode: 2 },
  ];
  made.clock.at(34, () => made.service.behaviour.output.push("train-1 exited with code 0"));
  const { outputs } = await created(made);
  expect(outputs).toMatchObject({ status: "completed", returnCode: 0, jobEnded: true });
});

test.each(["train", undefined])("a run whose end is explained is over at once: job %s", async (job) => {
  const made = createWorld();
  made.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 30, status: "failed", returnCode: 3 },
  ];
  made.clock.at(29.9, () => made.service.behaviour.output.push("train-1 exited with code 3"));
  const { outputs, seconds } = await created(made, { job });
  expect(outputs).toMatchObject({ status: "failed", returnCode: 3 });
  expect(seconds).toBe(31);
});

test("the output is not read without a job, nor if the end of the run is not awaited", async () => {
  for (const more of [{ job: undefined }, { waitFor: "running" }]) {
    const made = world();
    await created(made, more).catch(() => undefined);
    expect(made.service.calls.filter((call) => call.startsWith("logsTail"))).toHaveLength(more.waitFor ? 0 : 1);
  }
});

test("the line about the job counts among the 10,000 last lines, and in a run whose status word is not known", async () => {
  const made = world();
  made.service.behaviour.script = [{ after: 1, status: "executing" }];
  const noise = Array.from({ length: 5000 }, (_, index) => `GET /health ${index}`);
  made.clock.at(21, () => made.service.behaviour.output.push(...noise));
  const { logsTail } = made.service.client;
  const client = {
    ...made.context.client,
    logsTail: async (...args: Parameters<typeof logsTail>) => (await logsTail(...args)).slice(-args[1]),
  };
  const of = { ...made, context: { ...made.context, client } };
  expect((await created(of)).outputs).toMatchObject({ status: "completed", jobEnded: true });
});

describe("a job whose line has a time after the timeout of the run", () => {
  const startedAt = "2030-01-01T00:00:00.000Z";
  const run = { executionId: "r", status: "running", job: "train", startedAt, timeout: 60, gracefulTimeout: 10 };
  const watched = () => {
    const { context, clock } = createWorld();
    const timestamp = "2030-01-01T00:01:02.000Z";
    const logsTail = async () => [{ message: "train-1 exited with code 0", timestamp }];
    const outputs = run as unknown as ExecutionOutputs;
    return { watch: watchJob({ ...context, client: { ...context.client, logsTail } }, outputs), clock, outputs };
  };

  test("may have been stopped with the run, so the services are stopped only if the run goes on", async () => {
    const { watch, clock, outputs } = watched();
    watch?.look(outputs);
    await clock.sleep(40);
    expect(watch?.exit(outputs)).toBeUndefined();
    await clock.sleep(0.01);
    expect(watch?.exit(outputs)).toMatchObject({ exitCode: 0 });
  });

  test("ends a run with a longer timeout at once", async () => {
    const { watch, clock, outputs } = watched();
    watch?.look(outputs);
    await clock.sleep(1);
    expect(watch?.exit({ ...outputs, timeout: 600 })).toMatchObject({ exitCode: 0 });
  });
});

test("a refusal names no limit if the timeout of the run is not known", async () => {
  const { context, clock, reported } = createWorld();
  const client = { ...context.client, logsTail: () => Promise.reject(modelError(403)) };
  const run = { executionId: "r", status: "running", job: "train" } as unknown as ExecutionOutputs;
  watchJob({ ...context, client }, run)?.look(run);
  await clock.sleep(0);
  expect(reported).toEqual([expect.stringContaining("So run r goes on until its `timeout`. ")]);
});

test("the output is asked for every five seconds while the run may run, until it shows the end of the job", async () => {
  const { context, clock } = createWorld();
  const answers: (() => void)[] = [];
  let lines: { message: string }[] = [];
  const logsTail = () => new Promise<typeof lines>((done) => answers.push(() => done(lines)));
  const run = { executionId: "r", status: "running", job: "train", timeout: 60 } as unknown as ExecutionOutputs;
  const watch = watchJob({ ...context, client: { ...context.client, logsTail } }, run);
  const look = async (seconds: number, outputs = run) => {
    await clock.sleep(seconds);
    watch?.look(outputs);
    return answers.length;
  };
  const answer = async () => {
    answers.at(-1)?.();
    await clock.sleep(0);
  };
  expect(await look(0, { ...run, status: "pending" })).toBe(0);
  expect([await look(0), await look(9)]).toEqual([1, 1]);
  await answer();
  expect(await look(0)).toBe(2);
  await answer();
  expect([await look(4), await look(1)]).toEqual([2, 3]);
  lines = [{ message: "train-1 exited with code 0" }];
  await answer();
  expect(watch?.exit({ ...run, timeout: 600 })).toMatchObject({ exitCode: 0 });
  expect(await look(60)).toBe(3);
});
