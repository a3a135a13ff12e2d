import { UNKNOWN_MARKER } from "../../../compose";
import { check, createRuntime, deleteResource } from "..";
import { noBucket } from "../testing/memory-bucket";
import { machine, news as projectNews } from "../testing/project-machine";
import { memoryPorts } from "../testing/projects";
import { inputs, never, nextCommand, recorded, SECRET, startProcess, URN } from "../testing/recorded-resource";

// Tests what every host relies on: the types of answers, the reasons, and the process cache of a command.

describe("check", () => {
  test("returns inputs that check accepts again, with defaults and marks", async () => {
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

  test("returns each failure with its property, printable", async () => {
    const { runtime } = startProcess();
    const { failures } = await check(runtime, { news: inputs({ timeout: 0, "\u001b[31mtimeOut": 1 }) });
    expect(failures.map(({ property }) => property)).toEqual(["", "timeout"]);
    expect(failures[0]?.reason).toContain("timeOut is not an argument");
    expect(failures[0]?.reason).not.toContain("\u001b");
  });

  test.each([
    ["an argument", { fileName: "a" }, [], "fileName"],
    ["an entry of a map", { variables: { A: "a" } }, ["variables"], "variables.A"],
    ["an item of a list", { triggers: ["a"] }, [], "triggers[0]"],
    ["a secret list", { triggers: ["a"] }, ["triggers"], "triggers"],
  ])(
    "reports a text of an Output in %s once, with its path unless this is secret",
    async (_what, given, secrets, path) => {
      const { runtime } = startProcess();
      const text = JSON.stringify(given).replace('"a"', '"Calling [toString] on an [Output<T>]"');
      const { failures } = await check(runtime, { news: inputs(JSON.parse(text), { secrets }) });
      expect(failures).toHaveLength(1);
      expect(failures[0]?.reason).toContain(`: ${path} contains`);
    },
  );

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

test("check remembers the inputs of the last command; without them, it expects a create", async () => {
  const { runtime } = startProcess();
  const { processCache } = runtime;
  const { inputs: first } = await check(runtime, { news: inputs() });
  expect([processCache.oldInputs(URN), processCache.plannedCreate(URN)]).toEqual([undefined, first]);
  const other = URN.replace("::train", "::other");
  await check(runtime, { oldInputs: first, news: { ...inputs(), urn: other } });
  expect([processCache.oldInputs(other), processCache.plannedCreate(other)]).toEqual([first, undefined]);
});

test("check waits until the engine shows its warnings, and does not wait without an engine", async () => {
  const { runtime } = startProcess();
  let flushes = 0;
  const flush = async () => {
    flushes += 1;
  };
  const flushing = { ...runtime, engine: { ...runtime.engine, flush } };
  await check(flushing, { news: inputs() });
  expect(flushes).toBe(0);
  const warned = inputs({ composeFileCode: "services: {a: {image: busybox, command: 'login --password hunter2x'}}\n" });
  await check(flushing, { news: warned });
  await check(flushing, { news: warned });
  expect(flushes).toBe(1);
  const missing = { ...flushing, missing: () => "LYC1001: no API key" };
  await check(missing, { news: inputs() });
  await check(missing, { news: inputs() });
  expect(flushes).toBe(2);
});

test("what a start stores is shown if files changed, or the engine is about to start a run", async () => {
  const process = startProcess();
  const content = new Map([["/p/out", "1"]]);
  const tree = { fileCount: 2, bytes: 1000, executable: [], leftOut: [], paths: ["a", "b"], secrets: [] };
  const read = async ({ path }: { path: string }) => ({ ...tree, hash: content.get(path) ?? "" });
  const files = {
    "compose.yaml":
      "services: {a: {image: i, volumes: ['./out:/out', './b:/b:ro', './c:/c:ro', './d:/d:ro', './e:/e:ro']}}\n",
    ...Object.fromEntries(["b", "c", "d", "e", "out"].map((folder) => [`${folder}/a`, ""])),
  };
  const news = (triggers: readonly string[] = []) =>
    inputs({ composeFileCode: undefined, composeFile: "compose.yaml", localFiles: "upload", triggers });
  const nextShown = async (...checks: readonly Parameters<typeof check>[1][]) => {
    const runtime = createRuntime({
      clock: process.clock,
      engine: { ...process.runtime.engine, liveness: { isAlive: async () => true } },
      open: () => process.service.client,
      openBucket: noBucket,
      project: { ...memoryPorts(files), uploads: { read, folder: () => "r/" } },
    });
    process.rows.length = 0;
    const answers = [];
    for (const request of checks) answers.push(await check(runtime, request));
    const shown = process.rows.filter((row) => row.includes("A start stores"));
    return { shown, oldInputs: answers[0]?.inputs };
  };
  const all = "train notice: A start stores 10 files (5.0 kB) in the bucket: b, c, d, e, out.";
  const written = "train notice: A start stores 2 files (1.0 kB) in the bucket: out.";
  const { shown, oldInputs } = await nextShown({ news: news() });
  expect(shown).toEqual([all]);
  // The engine calls check again, without the recorded inputs, if it replaces the resource.
  expect((await nextShown({ oldInputs, news: news() })).shown).toEqual([]);
  const changed = { news: news(["2"]) };
  expect((await nextShown({ oldInputs, ...changed }, changed)).shown).toEqual([written]);
  content.set("/p/out", "2");
  expect((await nextShown({ oldInputs, news: news() }, { news: news() })).shown).toEqual([written]);
  content.set("/p/b", "2");
  const changedToo = "train notice: A start stores 4 files (2.0 kB) in the bucket: b, out.";
  expect((await nextShown({ oldInputs, news: news() })).shown).toEqual([changedToo]);
});

test("a project has a model while the scope of the stack is not known yet", () => {
  const { inputs: checked } = machine().checked(undefined, projectNews({ $scope: UNKNOWN_MARKER }));
  expect(checked.compose).toMatchObject({ services: { db: { image: "db:16" } } });
});

test("a renamed resource is reported under its name in the program", async () => {
  const { process, old, runtime } = await nextCommand({ onDelete: "leave" });
  const urn = URN.replace("::train", "::renamed");
  await check(runtime, { oldInputs: old.oldInputs, news: { ...inputs(), urn } });
  await deleteResource(runtime, { state: old.state, signal: never });
  expect(process.rows.at(-1)).toMatch(/^renamed notice: Run run-1/);
});

describe("without an API key", () => {
  const checked = async (hasTerminal: boolean, unusable?: string) => {
    const process = startProcess();
    const { oldInputs } = await recorded(process);
    const warnings: string[] = [];
    const report = {
      ...process.runtime.engine.report,
      warning: (urn: string, text: string) => warnings.push(`${urn}${text}`),
    };
    const runtime = createRuntime({
      clock: process.clock,
      engine: { ...process.runtime.engine, report },
      hasTerminal,
      open: () => process.service.client,
      openBucket: noBucket,
      project: memoryPorts(),
      unusable: () => unusable,
      missing: () => "LYC1001: no API key",
    });
    await check(runtime, { oldInputs, news: inputs() });
    const afterUpdate = [...warnings];
    for (const name of ["a", "b", "a"]) {
      const { failures } = await check(runtime, { news: { ...inputs(), urn: URN.replace("::train", `::${name}`) } });
      expect(failures).toHaveLength(unusable === undefined ? 0 : 1);
    }
    return { afterUpdate, afterCreate: warnings };
  };

  test("a person sees one warning at a preview with creates, and none at other previews", async () => {
    expect(await checked(true)).toEqual({ afterUpdate: [], afterCreate: ["LYC1001: no API key"] });
  });

  test("a pipeline, which previews without a key, gets no warning, and an error is not repeated", async () => {
    expect(await checked(false)).toEqual({ afterUpdate: [], afterCreate: [] });
    expect(await checked(true, "LYC1013: empty")).toEqual({ afterUpdate: [], afterCreate: [] });
  });
});
