import { createRuntime } from "../../lifecycle";
import { noBucket } from "../../lifecycle/testing/memory-bucket";
import { createModelService } from "../../lifecycle/testing/model-service";
import { memoryPorts } from "../../lifecycle/testing/projects";
import { createVirtualClock } from "../../lifecycle/testing/virtual-clock";
import * as host from "./execution";
import { forUser } from "./execution";
import { EXECUTION_PROVIDER } from "./provider-code";
import { plainJson } from "./translation";

// Tests what Pulumi's dynamic provider relies on: the inputs, answers and errors of the host.

const mockedRuntime = jest.fn();
jest.mock("./runtime", () => ({ configureRuntime: jest.fn(), runtime: () => mockedRuntime() }));

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train";
const SECRET = "correct-horse-battery";

/**
 * Starts a process of the host with a service in virtual time. `rows` contains the lines of the resource's row in
 * Pulumi's output.
 */
function startProcess() {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  const rows: string[] = [];
  const record = (_urn: string, message: string) => void rows.push(message);
  const engine = {
    report: { progress: () => undefined, notice: record, warning: record },
    liveness: { isAlive: async () => true },
    flush: async () => undefined,
  };
  /** Starts the process of the next command, on the same service. */
  const nextCommand = (): void =>
    void mockedRuntime.mockReturnValue(
      createRuntime({ clock, engine, open: () => service.client, openBucket: noBucket, project: memoryPorts() }),
    );
  nextCommand();
  return { clock, service, rows, nextCommand };
}

/** Makes inputs in the form in which the resource class sends them. */
const sent = (more: Record<string, unknown> = {}) => ({
  __provider: EXECUTION_PROVIDER,
  __resourceUrn: URN,
  __scope: "scope-secret",
  __secretInputs: [],
  composeFileCode: "services:\n  train:\n    image: busybox\n",
  ...more,
});

async function created(more: Record<string, unknown> = {}) {
  const { inputs, failures } = await host.check({}, sent(more));
  expect(failures).toEqual([]);
  return { inputs, ...(await host.create(inputs)) };
}

/** Returns the error of a call, with all its properties. */
async function thrownBy(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error as Error & { id?: string; properties?: Record<string, unknown>; reasons?: string[] };
}

describe("check", () => {
  test("returns inputs under the recorded names, without facts about the machine", async () => {
    startProcess();
    const customTimeouts = { create: 60 };
    const news = sent({
      __customTimeouts: customTimeouts,
      __replaceOnChanges: ["timeout"],
      __project: { directory: "/p" },
    });
    const { inputs } = await host.check({}, news);
    expect(inputs).toMatchObject({
      __provider: EXECUTION_PROVIDER,
      __resourceUrn: URN,
      __scope: "scope-secret",
      __secretInputs: [],
      __customTimeouts: customTimeouts,
      __replaceOnChanges: ["timeout"],
      __defaults: { timeout: 60, waitFor: "running", onDelete: "abort" },
    });
    expect(inputs).not.toHaveProperty("__project");
  });

  test("returns only the program's arguments as arguments, since Pulumi compares them", async () => {
    startProcess();
    const given = { waitFor: "completed", triggers: [1] };
    const { inputs } = await host.check({}, sent(given));
    const { __provider, __resourceUrn, __scope, __secretInputs, __defaults, ...args } = inputs;
    expect(args).toEqual({ composeFileCode: sent().composeFileCode, ...given });
    expect(Object.keys(__defaults as object)).not.toContain("waitFor");
    // Other calls than check receive the inputs that check has returned.
    const { inputs: again } = await host.check(inputs, sent(given));
    expect(again).toEqual(inputs);
  });

  test.each([
    ["as 0.1.0 recorded them", { timeout: 77, __defaults: ["timeout"] }],
    ["as they are recorded now", { __defaults: { timeout: 77 } }],
  ])("returns recorded defaults, %s, unchanged", async (_, recorded) => {
    startProcess();
    const olds = { ...sent(), ...recorded };
    expect((await host.check(olds, sent())).inputs.__defaults).toMatchObject({ timeout: 77 });
    expect((await host.check(olds, sent({ timeout: 60 }))).inputs).toMatchObject({ timeout: 60 });
    // With `ignoreChanges: ["*"]`, the engine passes the recorded inputs as the program's inputs. A recorded default
    // must stay a default.
    const { inputs } = await host.check(olds, olds);
    expect(inputs).not.toHaveProperty("timeout");
    expect(inputs.__defaults).toMatchObject({ timeout: 77 });
  });

  test("accepts unknown values, and returns them in Pulumi's form", async () => {
    startProcess();
    const { inputs, failures } = await host.check({}, sent({ executionType: UNKNOWN, triggers: [{ tag: UNKNOWN }] }));
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ executionType: UNKNOWN, triggers: [{ tag: UNKNOWN }] });
    const project = { ...sent({ composeFile: UNKNOWN }), composeFileCode: undefined };
    expect((await host.check({}, project)).inputs).toMatchObject({ composeFile: UNKNOWN, compose: UNKNOWN });
  });

  test("keeps the names of secrets, and shows no secret in a failure", async () => {
    startProcess();
    const news = sent({ executionType: SECRET, __secretInputs: ["executionType"] });
    const { inputs, failures } = await host.check({}, news);
    expect(inputs).toMatchObject({ __secretInputs: ["executionType"] });
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(/^LYC4010: executionType \(secret\)/) }]);
    expect(JSON.stringify(failures)).not.toContain(SECRET);
  });

  test("refuses an unknown argument, with two underscores or without", async () => {
    startProcess();
    const { failures } = await host.check({}, sent({ __colour: 1, colour: 1 }));
    expect(failures.map(({ reason }) => reason.split(" is ")[0])).toEqual(["LYC4010: __colour", "LYC4010: colour"]);
  });
});

describe("diff", () => {
  test("returns same, update and replace in the form of the dynamic host", async () => {
    const { rows } = startProcess();
    const { id, outs, inputs } = await created();
    expect(await host.diff(id, outs, inputs)).toEqual({ changes: false });
    const leave = (await host.check(inputs, sent({ onDelete: "leave" }))).inputs;
    expect(await host.diff(id, outs, leave)).toEqual({ changes: true });
    const bigger = (await host.check(inputs, sent({ executionType: "gpu.a100" }))).inputs;
    const replacement = { changes: true, replaces: ["executionId"], deleteBeforeReplace: true };
    expect(await host.diff(id, outs, bigger)).toEqual(replacement);
    expect(rows.at(-1)).toContain("executionType changed from cpu to gpu.a100");
    const unknown = (await host.check(inputs, sent({ executionType: UNKNOWN }))).inputs;
    expect(await host.diff(id, outs, unknown)).toEqual(replacement);
    expect(rows.at(-1)).toContain("executionType not known yet");
  });

  test("decides nothing if the scope is unknown", async () => {
    startProcess();
    const { id, outs, inputs } = await created();
    const { inputs: news } = await host.check(inputs, sent({ __scope: UNKNOWN }));
    expect(await host.diff(id, outs, news)).toEqual({ changes: false });
  });
});

describe("create, update, read and delete", () => {
  test("return plain JSON with the URN under its recorded name", async () => {
    const { clock, service, nextCommand } = startProcess();
    const { id, outs, inputs } = await created();
    expect(id).toBe("run-1");
    expect(outs).toMatchObject({ executionId: "run-1", status: "running", attempt: 1, __resourceUrn: URN });
    expect(outs).not.toHaveProperty("resourceUrn");
    const updated = await host.update(id, outs, { ...inputs, onDelete: "leave" });
    expect(updated.outs).toMatchObject({ onDelete: "leave", __resourceUrn: URN });
    await clock.sleep(3);
    const read = await host.read(id, outs);
    expect(read).toMatchObject({ id, props: { executionId: id, __resourceUrn: URN } });
    for (const answer of [outs, updated.outs, read.props]) expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    nextCommand();
    await host.delete(id, outs);
    expect(service.calls).toContain("abort run-1");
  });

  test("return a failed run as id, properties under their recorded names, and reasons", async () => {
    const { service } = startProcess();
    service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
    const { inputs } = await host.check({}, sent());
    const failed = await thrownBy(host.create(inputs));
    expect(failed).toMatchObject({ id: "run-1", reasons: [expect.stringMatching(/^LYC3001: /)] });
    expect(failed.message).toBe(failed.reasons?.[0]);
    expect(failed.properties).toMatchObject({ __provider: EXECUTION_PROVIDER, __resourceUrn: URN, status: "failed" });
  });

  test("return any other error as a message with its code, and an empty stack", async () => {
    const { service, nextCommand } = startProcess();
    const { id, outs, inputs } = await created();
    service.behaviour.forgotten.add(id);
    nextCommand();
    const errors = [
      await thrownBy(host.create({ ...inputs, existingExecutionId: "run-9" })),
      await thrownBy(host.delete(id, outs)),
      await thrownBy(host.read("run-9", {})),
      await thrownBy(host.read(id, { ...outs, baseUrl: "https://elsewhere.example" })),
      await thrownBy(host.diff(id, outs, { ...inputs, __scope: undefined })),
    ];
    expect(errors.map(({ message }) => message.slice(0, 8))).toEqual([
      "LYC3009:",
      "LYC3005:",
      "LYC3009:",
      "LYC3006:",
      "LYC3020:",
    ]);
    for (const error of errors) {
      expect(`${error}: ${error.stack}`).toMatch(/^LYC\d{4}: see the row of the resource$/);
      expect(error).not.toHaveProperty("id");
    }
  });
});

test("an unexpected error is reported as unexpected, with the way to see more", async () => {
  const broken = forUser(async () => {
    throw new TypeError("x is undefined");
  });
  await expect(broken).rejects.toThrow(/^LYC3999: .*TypeError: x is undefined.*LYCEUM_DEBUG=1/);
});

test("with LYCEUM_DEBUG=1, the host prints where an error comes from", async () => {
  process.env.LYCEUM_DEBUG = "1";
  const failed = forUser(async () => Promise.reject(new TypeError("x is undefined")));
  const error = await failed.catch((reason: unknown) => reason);
  delete process.env.LYCEUM_DEBUG;
  expect((error as Error).stack).toMatch(/^TypeError: x is undefined\n {4}at /);
});

test("an answer is plain JSON: nothing undefined reaches the engine", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  expect(plainJson({ a: undefined, b: { c: undefined, d: 1 }, at, list: [undefined] })).toEqual({
    b: { d: 1 },
    at: at.toISOString(),
    list: [null],
  });
});
