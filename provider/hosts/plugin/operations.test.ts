import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { createRuntime } from "../../lifecycle";
import { noBucket } from "../../lifecycle/testing/memory-bucket";
import { createModelService } from "../../lifecycle/testing/model-service";
import { memoryPorts } from "../../lifecycle/testing/projects";
import { createVirtualClock } from "../../lifecycle/testing/virtual-clock";
import * as execution from "./execution";
import { Failure } from "./failures";
import { received, sent } from "./wire-values";

// Tests what Pulumi's engine relies on: the answers of a plugin to the calls for an execution.

const URN = "urn:pulumi:dev::shop::lyceum:index:ComposeExecution::train";
const TEXT = "services:\n  train:\n    image: busybox\n";
const SCOPE = ["__scope"];
const { DiffChanges } = messages.DiffResponse;

/** Starts a plugin with a service in virtual time. `nextCommand` starts the process of the next command. */
function startPlugin(files: Readonly<Record<string, string>> = {}) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  const shown: string[] = [];
  const show = (_urn: string, text: string) => void shown.push(text);
  const engine = {
    report: { progress: () => undefined, notice: show, warning: show },
    liveness: { isAlive: async () => true },
    flush: async () => undefined,
  };
  const nextCommand = (): execution.ProcessContext => ({
    runtime: createRuntime({
      clock,
      engine,
      open: () => service.client,
      openBucket: noBucket,
      project: memoryPorts(files),
    }),
    scope: "scope-secret",
    signal: new AbortController().signal,
  });
  return { clock, service, shown, nextCommand, context: nextCommand() };
}

type Plugin = ReturnType<typeof startPlugin>;

const program = (more: Record<string, unknown> = {}) => sent({ composeFileCode: TEXT, ...more }, [["fileName"]]);

function checkOf(olds: Struct | undefined, news: Struct) {
  const request = new messages.CheckRequest();
  request.setUrn(URN);
  request.setOlds(olds);
  request.setNews(news);
  return request;
}

async function checked({ context }: Plugin, more: Record<string, unknown> = {}, olds?: Struct): Promise<Struct> {
  const response = await execution.check(context, checkOf(olds, program(more)));
  expect(response.getFailuresList()).toEqual([]);
  return response.getInputs() as Struct;
}

function createOf(inputs: Struct, { preview = false, timeout = 0 } = {}) {
  const request = new messages.CreateRequest();
  request.setUrn(URN);
  request.setProperties(inputs);
  request.setPreview(preview);
  request.setTimeout(timeout);
  return request;
}

function updateOf(id: string, olds: Struct, news: Struct, { preview = false, timeout = 0 } = {}) {
  const request = new messages.UpdateRequest();
  request.setId(id);
  request.setUrn(URN);
  request.setOlds(olds);
  request.setNews(news);
  request.setPreview(preview);
  request.setTimeout(timeout);
  return request;
}

/** The request of a diff between a recorded run and its new inputs. */
function diffOf(run: Awaited<ReturnType<typeof started>>, news: Struct, ignored: readonly string[]) {
  const request = new messages.DiffRequest();
  request.setId(run.id);
  request.setUrn(URN);
  request.setOlds(run.outputs);
  request.setOldInputs(run.inputs);
  request.setNews(news);
  request.setIgnorechangesList([...ignored]);
  return request;
}

function readOf(id: string, properties?: Struct, inputs?: Struct) {
  const request = new messages.ReadRequest();
  request.setId(id);
  request.setUrn(URN);
  request.setProperties(properties);
  request.setInputs(inputs);
  return request;
}

function deleteOf(id: string, properties: Struct | undefined, timeout = 0) {
  const request = new messages.DeleteRequest();
  request.setId(id);
  request.setUrn(URN);
  request.setProperties(properties);
  request.setTimeout(timeout);
  return request;
}

/** Checks and starts a run, as an `up` does. */
async function started(plugin: Plugin, more: Record<string, unknown> = {}) {
  const inputs = await checked(plugin, more);
  const response = await execution.create(plugin.context, createOf(inputs));
  return { id: response.getId(), outputs: response.getProperties() as Struct, inputs };
}

const valuesOf = (properties: Struct | undefined) => received(properties).values;
const startsOf = ({ service }: Plugin) => service.calls.filter((call) => call.startsWith("start"));

test("a check returns the inputs, and marks the secret ones and the scope", async () => {
  const inputs = received(await checked(startPlugin(), { fileName: "a" }));
  expect(inputs.values).toMatchObject({ composeFileCode: TEXT, fileName: "a", __scope: "scope-secret" });
  expect(inputs.secretPaths).toEqual(expect.arrayContaining([SCOPE, ["fileName"]]));
});

test("a check that refuses an argument names it, and says why", async () => {
  const { context } = startPlugin();
  const response = await execution.check(context, checkOf(undefined, program({ timeout: -1 })));
  expect(response.getFailuresList().map((failure) => failure.toObject())).toEqual([
    { property: "timeout", reason: expect.stringMatching(/^LYC4\d{3}: /) },
  ]);
});

test.each([
  ["with the variables that the program inherits", ["LYCEUM_TEST_TAG", "LYCEUM_TEST_ABSENT"], "hv7"],
  ["without the other variables of the environment", [], "h"],
])("a project is sent %s", async (_name, inheritEnvironment, hostname) => {
  process.env.LYCEUM_TEST_TAG = "v7";
  try {
    const plugin = startPlugin({ "compose.yaml": "services: {a: {image: 'a:1', hostname: h$LYCEUM_TEST_TAG}}" });
    await started(plugin, { composeFileCode: undefined, composeFile: "/p/compose.yaml", inheritEnvironment });
    expect(JSON.stringify(plugin.service.runs[0]?.request)).toMatch(new RegExp(`hostname: ${hostname}\\b`));
  } finally {
    delete process.env.LYCEUM_TEST_TAG;
  }
});

test("a preview of a start starts nothing, and shows no id", async () => {
  const plugin = startPlugin();
  const inputs = await checked(plugin, { onDelete: "leave" });
  const response = await execution.create(plugin.context, createOf(inputs, { preview: true }));
  expect([startsOf(plugin), response.getId()]).toEqual([[], ""]);
  expect(valuesOf(response.getProperties())).toMatchObject({ onDelete: "leave" });
});

test("a start returns the run's id and outputs", async () => {
  const plugin = startPlugin();
  const { id, outputs } = await started(plugin, { fileName: "a" });
  expect(id).toBe("run-1");
  expect(valuesOf(outputs)).toMatchObject({ executionId: id, status: "running", fileName: "a", __resourceUrn: URN });
  expect(received(outputs).secretPaths).toContainEqual(["fileName"]);
  expect(startsOf(plugin)).toHaveLength(1);
});

test("a start that misses its desired state fails with the run's id", async () => {
  const plugin = startPlugin();
  plugin.service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
  const failure = await started(plugin).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  const { details, metadata } = failure as Failure;
  expect(details).toMatch(/^LYC3001: /);
  expect(String(metadata.get("grpc-status-details-bin")[0])).toContain("run-1");
});

test.each([
  ["of a start", "create"],
  ["of an update", "update"],
])("the time limit %s in customTimeouts ends the wait", async (_name, operation) => {
  const plugin = startPlugin();
  plugin.service.behaviour.script = [{ after: 500, status: "running" }];
  const inputs = await checked(plugin);
  const wait =
    operation === "create"
      ? execution.create(plugin.context, createOf(inputs, { timeout: 60 }))
      : started(plugin, { waitFor: "accepted" }).then(({ id, outputs }) =>
          execution.update(plugin.context, updateOf(id, outputs, inputs, { timeout: 60 })),
        );
  await expect(wait).rejects.toMatchObject({ details: expect.stringMatching(/^LYC3002: The \w+ clock \(60 s\)/) });
});

describe("a diff", () => {
  async function changesOf(more: Record<string, unknown>, ignored: readonly string[] = []) {
    const plugin = startPlugin();
    const run = await started(plugin);
    const request = diffOf(run, await checked(plugin, more, run.inputs), ignored);
    const response = await execution.diff(plugin.context, request);
    return [response.getChanges(), response.getReplacesList()];
  }

  test.each<[string, Record<string, unknown>, readonly unknown[]]>([
    ["finds nothing if the program is the same", {}, [DiffChanges.DIFF_NONE, []]],
    ["updates if only the end of the run changes", { onDelete: "leave" }, [DiffChanges.DIFF_SOME, []]],
    ["replaces if the run changes", { executionType: "gpu.a100" }, [DiffChanges.DIFF_SOME, ["executionType"]]],
  ])("%s", async (_name, more, expected) => {
    expect(await changesOf(more)).toEqual(expected);
  });
});

describe("ignoreChanges", () => {
  const files: Record<string, string> = {};

  /** Starts a run of a project, then changes the file, and returns whether the diff finds a change. */
  async function isChanged(ignored: readonly string[]) {
    files["compose.yaml"] = "services: {a: {image: 'a:1'}}";
    const plugin = startPlugin(files);
    const given = { composeFileCode: undefined, composeFile: "/p/compose.yaml" };
    const run = await started(plugin, given);
    files["compose.yaml"] = "services: {a: {image: 'a:2'}}";
    const next = { ...plugin, context: plugin.nextCommand() };
    const request = diffOf(run, await checked(next, given, run.inputs), ignored);
    return (await execution.diff(next.context, request)).getChanges() === DiffChanges.DIFF_SOME;
  }

  test.each<[string, readonly string[], boolean]>([
    ["without it, a changed file is a change", [], true],
    ["of composeFile also ignores the content of the files", ["composeFile"], false],
    ["of one of several files does, too", ["composeFile[0]"], false],
    ["of all properties does, too", ["*"], false],
    ["of a property with a similar name does not", ["composeFileCode"], true],
  ])("%s", async (_name, ignored, expected) => {
    expect(await isChanged(ignored)).toBe(expected);
  });
});

test("a preview of an update sends nothing, and shows the new arguments", async () => {
  const plugin = startPlugin();
  const { id, outputs, inputs } = await started(plugin);
  const before = plugin.service.calls.length;
  const news = await checked(plugin, { onDelete: "leave" }, inputs);
  const response = await execution.update(plugin.context, updateOf(id, outputs, news, { preview: true }));
  expect(plugin.service.calls.slice(before)).toEqual([]);
  expect(valuesOf(response.getProperties())).toMatchObject({ executionId: id, onDelete: "leave" });
});

test("an update keeps the run, and records the new arguments", async () => {
  const plugin = startPlugin();
  const { id, outputs, inputs } = await started(plugin);
  const news = await checked(plugin, { onDelete: "leave" }, inputs);
  const response = await execution.update(plugin.context, updateOf(id, outputs, news));
  expect(valuesOf(response.getProperties())).toMatchObject({ executionId: id, onDelete: "leave", status: "running" });
  expect(startsOf(plugin)).toHaveLength(1);
});

test("a refresh returns the current status, and the inputs as they are recorded", async () => {
  const plugin = startPlugin();
  const { id, outputs, inputs } = await started(plugin, { fileName: "a" });
  await plugin.clock.sleep(60);
  const response = await execution.read(plugin.nextCommand(), readOf(id, outputs, inputs));
  expect(response.getId()).toBe(id);
  expect(valuesOf(response.getProperties())).toMatchObject({ executionId: id, status: "completed", fileName: "a" });
  expect(response.getInputs()?.toJavaScript()).toEqual(inputs.toJavaScript());
});

test("an imported run is adopted: its deletion leaves it alone", async () => {
  const plugin = startPlugin();
  const { id } = await started(plugin);
  const response = await execution.read(plugin.nextCommand(), readOf(id));
  const imported = { existingExecutionId: id, onDelete: "leave" };
  expect(response.getId()).toBe(id);
  expect(valuesOf(response.getProperties())).toMatchObject({ executionId: id, adopted: true, onDelete: "leave" });
  expect(valuesOf(response.getInputs())).toMatchObject(imported);
  const before = plugin.service.calls.length;
  await execution.deleteRecorded(plugin.nextCommand(), deleteOf(id, response.getProperties()));
  expect(plugin.service.calls.slice(before).filter((call) => call.startsWith("abort"))).toEqual([]);
});

test("a deletion reports an active run that an interrupted command has left", async () => {
  const plugin = startPlugin();
  plugin.service.behaviour.script = [{ after: 1, status: "running" }];
  const left = await started(plugin, { executionType: "gpu.a100" });
  const { id, outputs } = await started({ ...plugin, context: plugin.nextCommand() });
  const before = plugin.shown.length;
  await execution.deleteRecorded(plugin.nextCommand(), deleteOf(id, outputs));
  expect(plugin.shown.slice(before)).toContainEqual(expect.stringContaining(`Run ${left.id} (running`));
});

test("a deletion aborts the run, and gives up at the time limit of customTimeouts", async () => {
  const plugin = startPlugin();
  plugin.service.behaviour.script = [{ after: 1, status: "running" }];
  const { id, outputs } = await started(plugin);
  plugin.service.behaviour.abortWorks = false;
  await expect(execution.deleteRecorded(plugin.nextCommand(), deleteOf(id, outputs, 30))).rejects.toThrow("(30 s)");
  plugin.service.behaviour.abortWorks = true;
  await execution.deleteRecorded(plugin.nextCommand(), deleteOf(id, outputs));
  expect(plugin.service.calls).toContain(`abort ${id}`);
  expect(plugin.service.runs.map((run) => plugin.service.stateOf(run).status)).toEqual(["aborted"]);
});
