import { getMaxListeners } from "node:events";
import type { RecordedState, ResourceInputs } from "../execution";
import { createModelService } from "../execution/testing/model-service";
import { memoryPorts } from "../execution/testing/projects";
import { createVirtualClock } from "../execution/testing/virtual-clock";
import type { LyceumPort } from "../lyceum/port";
import {
  check,
  create,
  createRuntime,
  deleteResource,
  diff,
  type ExecutionOutputs,
  InitFailure,
  read,
  update,
} from ".";

// What every host relies on: typed answers, reasons, redaction, cancel, and what is kept of a command.

const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train";
const SECRET = "correct-horse-battery";
const { signal: never } = new AbortController();

/** A process before a service in virtual time; `rows` is what the resource's row shows. */
function startProcess(changed: (port: LyceumPort) => Partial<LyceumPort> = () => ({})) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  service.behaviour.script = [{ after: 1, status: "running" }];
  const rows: string[] = [];
  const record =
    (kind: string) =>
    (urn: string, message: string): void =>
      void rows.push(`${urn.split("::").at(-1)} ${kind}: ${message}`);
  const engine = {
    report: { progress: () => undefined, notice: record("notice"), warning: record("warning") },
    liveness: { isAlive: async () => true },
    flush: async () => undefined,
  };
  const open = () => ({ ...service.client, ...changed(service.client) });
  const newCommand = () => createRuntime({ clock, engine, open, project: memoryPorts() });
  return { clock, service, rows, runtime: newCommand(), newCommand };
}

const inputs = (values: Record<string, unknown> = {}, more: Partial<ResourceInputs> = {}): ResourceInputs => ({
  urn: URN,
  scope: "scope-secret",
  secrets: [],
  values: { composeFileCode: "services:\n  train:\n    image: busybox\n", ...values },
  ...more,
});

const stateOf = ({ resourceUrn, ...properties }: ExecutionOutputs): RecordedState => ({
  id: properties.executionId,
  urn: resourceUrn,
  properties,
});

/** A resource that an earlier command has recorded. */
async function recorded(process: ReturnType<typeof startProcess>, values: Record<string, unknown> = {}) {
  const { inputs: news } = await check(process.runtime, { news: inputs(values) });
  const state = stateOf(await create(process.runtime, { news, signal: never }));
  return { state, oldInputs: news };
}

describe("check", () => {
  test("answers inputs that check takes again, with defaults and marks", async () => {
    const { runtime } = startProcess();
    const secrets = ["variables.PASSWORD"];
    const given = inputs({ variables: { PASSWORD: SECRET } }, { secrets, program: { directory: "/p" } });
    const first = await check(runtime, { news: given });
    expect(first.failures).toEqual([]);
    expect(first.inputs).toMatchObject({ urn: URN, secrets, values: { timeout: 60, waitFor: "running" } });
    expect(first.inputs).not.toHaveProperty("program");
    const again = await check(runtime, { oldInputs: first.inputs, news: given });
    expect(again.inputs).toEqual(first.inputs);
  });

  test("answers each failure by its property, printable", async () => {
    const { runtime } = startProcess();
    const { failures } = await check(runtime, { news: inputs({ timeout: 0, "\u001b[31mtimeOut": 1 }) });
    expect(failures.map(({ property }) => property)).toEqual(["", "timeout"]);
    expect(failures[0]?.reason).toContain("timeOut is not an argument");
    expect(failures[0]?.reason).not.toContain("\u001b");
  });

  test("reports a warning once in a command", async () => {
    const { runtime, rows } = startProcess();
    const compose = {
      services: {
        a: { image: "busybox:1", depends_on: { b: { condition: "service_healthy" } } },
        b: { image: "busybox:1" },
      },
    };
    const news = inputs({ composeFileCode: JSON.stringify(compose) });
    await check(runtime, { news });
    await check(runtime, { news });
    const warnings = rows.filter((row) => row.startsWith("train warning"));
    expect(warnings).toEqual([expect.stringContaining("LYC2215")]);
  });
});

describe("diff", () => {
  test("answers kind, reason and changed properties, and reports the reason once", async () => {
    const process = startProcess();
    const { state, oldInputs } = await recorded(process);
    const runtime = process.newCommand();
    const { inputs: news } = await check(runtime, { oldInputs, news: inputs({ executionType: "gpu.a100" }) });
    const answer = await diff(runtime, { state, news });
    expect(answer).toEqual({
      kind: "replace",
      why: expect.stringMatching(
        /^aborts run run-1 .* and starts a new run: executionType changed from cpu to gpu.a100$/,
      ),
      changed: [{ path: "executionType", kind: "update", replaces: true, of: "inputs" }],
    });
    await diff(runtime, { state, news });
    expect(process.rows.filter((row) => row === `train notice: ${answer.why}`)).toHaveLength(1);
  });

  test("a host that is given the old inputs may hand them over", async () => {
    const process = startProcess();
    const { state, oldInputs } = await recorded(process);
    const runtime = process.newCommand();
    const { inputs: news } = await check(runtime, { news: inputs({ triggers: [1] }) });
    const answer = await diff(runtime, { state, oldInputs, news });
    expect(answer.changed).toEqual([{ path: "triggers[0]", kind: "add", replaces: true, of: "inputs" }]);
  });

  test("in a refresh changes nothing, and announces nothing", async () => {
    const process = startProcess();
    const { state, oldInputs } = await recorded(process);
    const [run] = process.service.runs;
    if (run !== undefined) process.service.end(run, "failed", 3);
    const runtime = process.newCommand();
    const outputs = await read(runtime, { state, signal: never });
    const before = process.rows.length;
    const answer = await diff(runtime, {
      state: stateOf(outputs),
      news: { ...oldInputs, values: { ...oldInputs.values, waitFor: "completed" } },
    });
    expect(answer).toMatchObject({
      kind: "replace",
      changed: [{ path: "executionId", replaces: true, of: "outputs" }],
    });
    expect(process.rows.slice(before)).toEqual([]);
  });
});

describe("a failure", () => {
  test("of a run keeps its id; reasons lose the secrets", async () => {
    const process = startProcess();
    process.service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
    process.service.behaviour.output = [`it is ${SECRET}`];
    const news = inputs({ variables: { PASSWORD: SECRET } }, { secrets: ["variables.PASSWORD"] });
    const failure = await create(process.runtime, { news, signal: never }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InitFailure);
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "failed", resourceUrn: URN } });
    expect(String((failure as InitFailure<unknown>).reasons)).toMatch(/^LYC3001: /);
    expect(String((failure as InitFailure<unknown>).reasons)).not.toContain(SECRET);
  });

  test("of anything else is a code and a sentence without secrets", async () => {
    const broken = new TypeError(`cannot read ${SECRET}`);
    const { runtime } = startProcess(() => ({ listActive: () => Promise.reject(broken) }));
    const news = inputs({ variables: { PASSWORD: SECRET } }, { secrets: ["variables.PASSWORD"] });
    const error = await create(runtime, { news, signal: never }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "LYC3999", message: expect.stringMatching(/^LYC3999: .*TypeError/) });
    const { message, trace } = error as { message: string; trace: string };
    expect(`${message}${trace}`).not.toContain(SECRET);
  });
});

describe("a cancel", () => {
  /** A process whose operations are cancelled after so many seconds. */
  function cancelledAfter(seconds: number, changed?: Parameters<typeof startProcess>[0]) {
    const process = startProcess(changed);
    const cancel = new AbortController();
    const fire = (): void => void process.clock.sleep(seconds).then(() => cancel.abort());
    return { ...process, signal: cancel.signal, fire };
  }

  test("of create and update keeps the id of the run, and leaves it going", async () => {
    const process = cancelledAfter(9);
    process.fire();
    const news = inputs({ waitFor: "completed" });
    const created = await create(process.runtime, { news, signal: process.signal }).catch((error: unknown) => error);
    expect(created).toMatchObject({ id: "run-1", reasons: [expect.stringMatching(/^LYC3021: /)] });
    const again = cancelledAfter(9);
    const { state } = await recorded(again);
    again.fire();
    const updated = await update(again.runtime, { state, news, signal: again.signal }).catch((error: unknown) => error);
    expect(updated).toMatchObject({ id: "run-1", reasons: [expect.stringMatching(/^LYC3021: /)] });
    for (const { service } of [process, again]) expect(service.calls).not.toContain("abort run-1");
  });

  test("of create and update sends the abort where the program asks for it", async () => {
    const process = cancelledAfter(9);
    process.fire();
    const { signal, service, runtime } = process;
    const news = inputs({ waitFor: "completed", onInterrupt: "abort" });
    await expect(create(runtime, { news, signal })).rejects.toThrow(/Its abort was sent/);
    expect(service.calls).toContain("abort run-1");
    const again = cancelledAfter(9);
    const { state } = await recorded(again);
    again.fire();
    const work = update(again.runtime, { state, news, signal: again.signal });
    await expect(work).rejects.toThrow(/Its abort was sent/);
  });

  test("of read and delete keeps the state", async () => {
    const hang = () => new Promise<never>(() => undefined);
    const process = cancelledAfter(9, () => ({ record: hang, olderStatus: hang, abort: hang }));
    const { state } = await recorded(process);
    process.fire();
    const { runtime, signal, clock } = process;
    const begunAt = clock.now();
    await expect(read(runtime, { state, signal })).rejects.toMatchObject({ code: "LYC3021" });
    expect(clock.now() - begunAt).toBeLessThanOrEqual(10_000);
    const other = cancelledAfter(9, () => ({ abort: hang }));
    const running = await recorded(other);
    other.fire();
    await expect(deleteResource(other.runtime, { state: running.state, signal: other.signal })).rejects.toMatchObject({
      code: "LYC3021",
    });
  });

  test("may be one signal for all operations of a process", async () => {
    const process = startProcess();
    const { signal } = new AbortController();
    expect(getMaxListeners(signal)).toBe(10);
    await create(process.runtime, { news: inputs(), signal });
    expect(getMaxListeners(signal)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("what is kept of a command", () => {
  test("a replacement that could not start leaves the recorded run alone", async () => {
    const process = startProcess();
    const { state, oldInputs } = await recorded(process);
    const runtime = process.newCommand();
    const changed = inputs({ triggers: [1], existingExecutionId: "run-9" });
    const { inputs: news } = await check(runtime, { oldInputs, news: changed });
    expect(await diff(runtime, { state, news })).toMatchObject({ kind: "replace" });
    // As engines do: nothing of the old inputs is carried over.
    await check(runtime, { news: changed });
    await expect(deleteResource(runtime, { state, signal: never })).rejects.toMatchObject({ code: "LYC3009" });
    expect(process.service.calls).not.toContain("abort run-1");
  });

  test("a renamed resource is reported under its name in the program", async () => {
    const process = startProcess();
    const { state, oldInputs } = await recorded(process, { onDelete: "leave" });
    const runtime = process.newCommand();
    const urn = URN.replace("::train", "::renamed");
    await check(runtime, { oldInputs, news: { ...inputs(), urn } });
    await deleteResource(runtime, { state, signal: never });
    expect(process.rows.at(-1)).toMatch(/^renamed notice: Run run-1/);
  });

  test("a program may read a run that it does not manage; one that nobody knows is an error", async () => {
    const process = startProcess();
    await recorded(process);
    const runtime = process.newCommand();
    const foreign = (id: string) => read(runtime, { state: { id, urn: "", properties: {} }, signal: never });
    expect(await foreign("run-1")).toMatchObject({ executionId: "run-1", status: "running" });
    await expect(foreign("run-9")).rejects.toMatchObject({ code: "LYC3009" });
  });
});

test("without a credential a recorded resource is compared, and one whose run has ended is deleted", async () => {
  const process = startProcess();
  const { state, oldInputs } = await recorded(process);
  const runtime = createRuntime({
    clock: process.clock,
    engine: process.runtime.engine,
    open: () => {
      throw new Error("no API key");
    },
    project: memoryPorts(),
  });
  const { inputs: news } = await check(runtime, { oldInputs, news: inputs() });
  expect(await diff(runtime, { state, news })).toEqual({ kind: "same", changed: [] });
  const ended = { ...state, properties: { ...state.properties, status: "completed" } };
  await deleteResource(runtime, { state: ended, signal: never });
  await expect(deleteResource(runtime, { state, signal: never })).rejects.toThrow("no API key");
});
