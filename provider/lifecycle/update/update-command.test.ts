import { isUnclear } from "../../schema/run-id";
import { check } from "../check/check";
import { create } from "../create/create";
import { InitFailure } from "../run/errors";
import type { ExecutionOutputs } from "../run/record/record";
import { unclearStart } from "../testing/model-service";
import { inputs, never, SECRET, startProcess, stateOf } from "../testing/recorded-resource";
import { update } from "./update";

/** Creates a resource whose start gets no clear answer and makes no run. Returns the state and the inputs. */
async function recordUnclear(process: ReturnType<typeof startProcess>) {
  const { behaviour } = process.service;
  behaviour.starts = [unclearStart(false)];
  const values = { variables: { PASSWORD: SECRET }, waitFor: "running" };
  const { inputs: news } = await check(process.runtime, { news: inputs(values, { secrets: ["variables.PASSWORD"] }) });
  process.clock.at(0.5, () => {
    behaviour.failing = { listActive: new Error("no list"), history: new Error("no history") };
  });
  const failure: unknown = await create(process.runtime, { news, signal: never }).catch((error: unknown) => error);
  if (!(failure instanceof InitFailure)) throw new Error("The create did not record its start.");
  const { id, outputs } = failure as InitFailure<ExecutionOutputs>;
  expect(isUnclear(outputs)).toBe(true);
  behaviour.failing = {};
  return { state: { ...stateOf(outputs), id }, news };
}

test("after an unclear start, the client knows the secrets of the inputs before an update sends a request", async () => {
  const known: string[] = [];
  const atList: boolean[] = [];
  const process = startProcess((port) => ({
    keepOut: (secrets) => void known.push(...secrets()),
    listActive: (options) => {
      atList.push(known.includes(SECRET));
      return port.listActive(options);
    },
  }));
  const { state, news } = await recordUnclear(process);
  known.length = 0;
  atList.length = 0;
  // All time limits of the unclear start pass, so the update starts a run.
  await process.clock.sleep(1_000_000);
  const { processCache, ...runtime } = process.newCommand();
  const prepared: string[] = [];
  const projects = { ...runtime.projects, prepare: async ({ urn }: { urn: string }) => void prepared.push(urn) };
  const { status } = await update({ ...runtime, projects, processCache }, { state, news, signal: never });
  expect([status, process.service.runs.length]).toEqual(["running", 1]);
  expect(atList[0]).toBe(true);
  expect(prepared).toEqual([news.urn]);
  // The deletion of another resource with this run does not end the run.
  expect([processCache.holder("run-1"), processCache.otherHolder("urn:other", "run-1")]).toEqual(["kept", news.urn]);
});

test("after an unclear start, the resource has the run of a failed update", async () => {
  const process = startProcess();
  const { state, news } = await recordUnclear(process);
  await process.clock.sleep(1_000_000);
  process.service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
  const runtime = process.newCommand();
  await expect(update(runtime, { state, news, signal: never })).rejects.toMatchObject({ id: "run-1" });
  expect(runtime.processCache.holder("run-1")).toBe("kept");
});

test("after an unclear start, an update without a scope sends no request", async () => {
  const process = startProcess();
  const { state, news } = await recordUnclear(process);
  process.service.calls.length = 0;
  const failed = update(process.newCommand(), { state, news: { ...news, scope: "" }, signal: never });
  await expect(failed).rejects.toThrow("lyceum-scope");
  expect(process.service.calls).toEqual([]);
});

test.each([
  ["with the output of the run", true],
  ["without output if the files with its secrets cannot be read", false],
])("an update that starts no run needs no scope, and reports on the row of its resource %s", async (_, isReadable) => {
  const process = startProcess();
  process.service.behaviour.output = ["cannot open input"];
  const { inputs: news } = await check(process.runtime, { news: inputs({ waitFor: "running", whenFailed: "keep" }) });
  const outputs = await create(process.runtime, { news, signal: never });
  for (const run of process.service.runs) process.service.end(run, "failed", 3);
  process.rows.length = 0;
  const later = { ...news, scope: "", values: { ...news.values, onDelete: "leave" } };
  const runtime = process.newCommand();
  const { complete } = runtime.projects;
  const projects: typeof runtime.projects = {
    ...runtime.projects,
    prepare: () => Promise.reject(new Error("no file of a start is read")),
    complete: (...given) => {
      if (!isReadable) throw new Error("the file cannot be read");
      return complete(...given);
    },
  };
  const updated = await update({ ...runtime, projects }, { state: stateOf(outputs), news: later, signal: never });
  expect([updated.status, updated.onDelete]).toEqual(["failed", "leave"]);
  expect(process.rows).toEqual([expect.stringMatching(/^train warning: .*failed/s)]);
  expect(process.rows[0]?.includes("cannot open input")).toBe(isReadable);
  expect(runtime.processCache.isKnownById({ executionId: outputs.executionId })).toBe(true);
});
