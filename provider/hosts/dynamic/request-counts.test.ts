import { createExecution } from "../../lifecycle/create/create";
import { refreshExecution } from "../../lifecycle/read/read";
import type { ExecutionOutputs } from "../../lifecycle/run/record/record";
import { createModelService, type ModelRun } from "../../lifecycle/testing/model-service";
import { createVirtualClock } from "../../lifecycle/testing/virtual-clock";
import { createWorld, someInputs } from "../../lifecycle/testing/world";
import { tickSeconds } from "../../lifecycle/watch/poll-tick";
import { createHttpService, type HttpAnswer } from "./testing/http-service";

/** The number of runs in most tests. Tests whose duration grows with this number use fewer runs. */
const MANY = 200;
const RUNS = 20;
const SECONDS = 60;
const ENDS: ModelRun["script"] = [
  { after: 1, status: "running" },
  { after: SECONDS, status: "completed", returnCode: 0 },
];
const FAILS: ModelRun["script"] = [...ENDS.slice(0, 1), { after: SECONDS, status: "failed", returnCode: 3 }];

/** Returns the number of ticks until all runs have ended. Each tick needs one list call. */
function ticks(): number {
  let count = 1;
  for (let age = 0; age < SECONDS; age += tickSeconds(age)) count += 1;
  return count;
}

/** Makes a service with the real client, and the commands of a stack with many resources. */
function manyRuns(script = ENDS, runs = RUNS) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  service.behaviour.script = script;
  const http = createHttpService(service, clock);
  const newCommand = () => createWorld({ clock, service, open: http.client });

  /** Returns the number of requests of each kind during this work. */
  async function counted<T>(work: () => Promise<T>) {
    const before = http.requests.length;
    const value = await work();
    const counts: Record<string, number> = {};
    for (const request of http.requests.slice(before)) {
      const [operation = ""] = request.split(" ");
      counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return { value, counts };
  }

  const textOf = (command: string) => JSON.stringify({ services: { job: { image: "busybox", command } } });
  const { context } = newCommand();
  /** Creates all runs. Returns the recorded outputs of all runs, including runs whose wait failed. */
  const create = (command: (at: number) => string, more: Record<string, unknown> = {}, beginsAt = (_at: number) => 0) =>
    counted(() =>
      Promise.all(
        Array.from({ length: runs }, async (_, at) => {
          await clock.sleep(beginsAt(at));
          const urn = `urn:pulumi:dev::shop::lyceum:index:ComposeExecution::r${at}`;
          const declared = { $urn: urn, composeFileCode: textOf(command(at)), waitFor: "completed", ...more };
          return createExecution(context, someInputs(declared)).catch((error: { outputs: object }) => error.outputs);
        }),
      ),
    );
  return { clock, service, http, counted, create, newCommand };
}

/** Changes every record of the service. */
const record = (change: (body: Record<string, unknown>) => object) => (answer: HttpAnswer) => ({
  ...answer,
  body: JSON.stringify(change(JSON.parse(answer.body))),
});

const starts = (runs = RUNS) => ({
  startComposeExecution: runs,
  getBillingHistory: 1,
  listWorkloads: 1 + ticks(),
});
const same = () => "sleep 60";
const another = (at: number) => `sleep 60.${at}`;
const web = ['service "job" exited with code 3'];

describe(`waits of ${SECONDS} s cost one list a tick, one read for each end, and of logs`, () => {
  test("one for each document, if records have no output", async () => {
    const { create } = manyRuns(ENDS, MANY);
    const { value, counts } = await create(same);
    const done = expect.objectContaining({ status: "completed", returnCode: 0 });
    expect(value).toEqual(Array.from({ length: MANY }, () => done));
    expect(counts).toEqual({ ...starts(MANY), getExecution: MANY, getExecutionLogs: 1 });
    const different = await manyRuns().create(another);
    expect(different.counts).toEqual({ ...starts(), getExecution: RUNS, getExecutionLogs: RUNS });
  });

  test("none if records have the output, with or without results", async () => {
    const { http, create } = manyRuns();
    http.deviate(
      "record",
      record((body) => ({ ...body, stdout: "lyceum-result version 7" })),
    );
    const { value, counts } = await create(() => "echo 'lyceum-result version 7'");
    expect(value[RUNS - 1]).toMatchObject({ results: { version: 7 } });
    expect(counts).toEqual({ ...starts(), getExecution: RUNS });
  });

  test.each([
    ["the document prints results", () => "echo 'lyceum-result version 7'", {}],
    ["the program names a secret result", same, { secretResults: ["version"] }],
    ["the log of the first with a document had one", same, {}],
  ])("one for each run, if only the log has results and %s", async (_, command, more) => {
    const { service, create } = manyRuns();
    service.behaviour.output = ["lyceum-result version 7"];
    const { value, counts } = await create(command, more);
    expect(value.every((outputs) => JSON.stringify(outputs).includes('"results":{"version":7}'))).toBe(true);
    expect(counts).toEqual({ ...starts(), getExecution: RUNS, getExecutionLogs: RUNS });
  });

  test("one for each failure; the record of the failure is read again only if it explains nothing", async () => {
    const { http, create } = manyRuns(FAILS);
    http.deviate(
      "record",
      record((body) => ({ ...body, errors: body.return_code === undefined ? [] : web })),
    );
    const { value, counts } = await create(same);
    expect(value[0]).toMatchObject({ status: "failed", failedService: "job", services: { job: 3 } });
    expect(counts).toEqual({ ...starts(), getExecution: RUNS, getExecutionLogs: RUNS });
    const unexplained = await manyRuns(FAILS).create(same);
    expect(unexplained.counts).toEqual({ ...starts(), getExecution: 2 * RUNS, getExecutionLogs: RUNS });
  });

  test("nothing else if no wait is for an end", async () => {
    const { create } = manyRuns();
    const { counts } = await create(same, { waitFor: "running" });
    expect(counts).toMatchObject({ startComposeExecution: RUNS, getBillingHistory: 1 });
    expect(Object.keys(counts).sort()).toEqual(["getBillingHistory", "listWorkloads", "startComposeExecution"]);
  });
});

test("an end by its status word alone is read twice, some seconds apart, and not a third time", async () => {
  const { http, create } = manyRuns();
  http.deviate(
    "record",
    record(({ return_code: _code, end_time: _end, ...body }) => body),
  );
  const { counts } = await create(same);
  expect(counts).toMatchObject({ getExecution: 2 * RUNS, getExecutionLogs: 1 });
});

test("with a slow service, or runs that start one after another, the number of requests is not higher", async () => {
  const { http, create } = manyRuns();
  http.slowDown(3);
  const { counts } = await create(same, {}, (at) => at / 20);
  expect(counts).toMatchObject({ startComposeExecution: RUNS, getExecution: RUNS, getExecutionLogs: 1 });
  expect(counts.listWorkloads).toBeLessThan(1 + ticks());
});

describe("a command of many recorded runs", () => {
  const active = async () => {
    const world = manyRuns();
    const { value } = await world.create(same, { waitFor: "running" });
    return { ...world, recorded: value as ExecutionOutputs[], context: world.newCommand().context };
  };

  test("needs one list if nothing changes, and so does a refresh while the runs are active", async () => {
    const { counted, context, recorded } = await active();
    const diffs = await counted(() => Promise.all(recorded.map((run) => context.drift.current(run))));
    expect(diffs.counts).toEqual({ listWorkloads: 1 });
    const refresh = await counted(() => Promise.all(recorded.map((run) => refreshExecution(context, run))));
    expect(refresh.counts).toEqual({ listWorkloads: 1 });
  });

  test("needs a read for each run that has ended since, and no read once the end is recorded", async () => {
    const { clock, counted, context, newCommand, recorded } = await active();
    await clock.sleep(SECONDS);
    const refresh = await counted(() => Promise.all(recorded.map((run) => refreshExecution(context, run))));
    expect(refresh.counts).toEqual({ listWorkloads: 1, getExecution: RUNS });
    const next = newCommand().context;
    const again = await counted(() => Promise.all(refresh.value.map((run) => refreshExecution(next, run))));
    const diffs = await counted(() => Promise.all(refresh.value.map((run) => next.drift.current(run))));
    expect([again.counts, diffs.counts]).toEqual([{}, {}]);
  });
});
