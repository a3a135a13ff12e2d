import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { fakeSurface } from "../../testing/surface";
import type { EngineEvent } from "../stack/automation";
import type { EngineOptions, Session } from "../stack/session";
import { diagnostic, ended, observedOf, step, summary, TYPE, urnOf } from "../testing/events";
import { validReport } from "../testing/reports";
import { destroy, resultOfDestroy } from "./destroy";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-destroy-"));
  // A command that waits for a lock tries again at once.
  jest.spyOn(DEFAULT_PORTS, "sleep").mockResolvedValue();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const running = { executionId: "run-1", status: "running", onDelete: "abort" };
const same = step("same", "job", { old: running, new: { onDelete: "abort", deleteRecord: false } });
const other = step("update", "job", { old: running, new: { onDelete: "leave", deleteRecord: false } });

const EXCEPTION =
  "protected: [job]\nexceptions: [{ rule: protected, resource: job, until: 9999-01-01, reason: the end of it }]\n";

type Command = (events: (event: EngineEvent) => void) => void;

const failing = (name: "CommandError" | "ConcurrentUpdateError", events: readonly EngineEvent[] = []): Command => {
  return (emit) => {
    events.forEach(emit);
    throw Object.assign(new Error("error: it failed"), { name });
  };
};

/**
 * Returns a stack with the execution `job`. The commands on this stack send these events, and `ran` lists the commands.
 */
function stackOf(
  preview: readonly EngineEvent[] | Command,
  request: Partial<Session["request"]>,
  names: readonly string[] = ["job"],
  files: Readonly<Record<string, string>> = {},
) {
  const ran: string[] = [];
  const withProgram: string[] = [];
  let left = names;
  const previews = [preview].flat() as readonly (EngineEvent | Command)[];
  const command = (name: string, of: readonly (EngineEvent | Command)[]) => async (options: EngineOptions) => {
    ran.push(name);
    if ((options as { readonly runProgram?: boolean }).runProgram === true) withProgram.push(name);
    for (const one of of) typeof one === "function" ? one(options.onEvent) : options.onEvent(one);
    if (name === "destroy") left = [];
  };
  const stack = {
    preview: command("preview", previews),
    previewDestroy: command("previewDestroy", [same, step("delete", "job", { old: running })]),
    destroy: command("destroy", [same, step("delete", "job", { old: running })]),
    cancel: async () => undefined,
    exportStack: async () => ({
      deployment: { resources: left.map((name) => ({ urn: urnOf(name), type: TYPE, id: "run-1", outputs: running })) },
    }),
  };
  const surface = fakeSurface(files);
  const removeIfNew = jest.fn(async () => undefined);
  const session = {
    surface,
    open: { stack, project: "training", removeIfNew },
    stop: { signal: new AbortController().signal },
    request: {
      operation: "destroy",
      previewOnly: false,
      stack: "prod",
      runProgram: true,
      lockWaitSeconds: 0,
      ...reports(),
      folder: "/project",
      ...request,
    },
  } as unknown as Session;
  return { session, surface, ran, withProgram, removeIfNew };
}

const reports = () => ({ json: join(folder, "data.json"), summary: join(folder, "summary.md") });
const written = () => ({
  data: validReport(readFileSync(join(folder, "data.json"), "utf8")),
  summary: readFileSync(join(folder, "summary.md"), "utf8"),
});

test.each([
  ["with the same values", [same], { runProgram: true }, ["preview", "destroy"], 0],
  ["with other values", [other], { runProgram: true }, ["preview"], 1],
  ["without the program", [other], { runProgram: false }, ["destroy"], 0],
  ["as a preview, with the same values", [same], { previewOnly: true }, ["preview", "previewDestroy"], 0],
  ["as a preview, with other values", [other], { previewOnly: true }, ["preview"], 1],
  ["as a preview, without the program", [other], { previewOnly: true, runProgram: false }, ["previewDestroy"], 0],
])("a destroy %s", async (_title, events, request, ran, code) => {
  const stack = stackOf(events, request);
  expect(await destroy(stack.session)).toBe(code);
  expect(stack.ran).toEqual(ran);
  // Only these commands have the option, because a preview of `up` always runs the program.
  expect(stack.withProgram).toEqual(
    (request as { readonly runProgram?: boolean }).runProgram === false ? [] : ran.filter((name) => name !== "preview"),
  );
  expect(stack.removeIfNew).toHaveBeenCalledTimes(1);
});

test("a stack without executions needs no preview of the program", async () => {
  const stack = stackOf([other], {}, []);
  expect(await destroy(stack.session)).toBe(0);
  expect(stack.ran).toEqual(["destroy"]);
});

test("differences are printed and reported, and no step of the preview counts as done", async () => {
  const { session, surface } = stackOf([other, step("create", "new"), step("delete", "old", { old: running })], {});
  expect(await destroy(session)).toBe(1);
  const text = `LYC5006: The program and the state have different settings for the end of a run. Nothing was destroyed. Run \`pulumi up\` or \`npx pulumi-lyceum ci apply\` to record the settings of the program, and destroy again. Without --run-program, \`ci destroy\` uses the settings in the state.
* job: onDelete is recorded as "abort", and the program declares "leave"`;
  expect(surface.complaints).toEqual([text]);
  const { data, summary: markdown } = written();
  expect(data).toMatchObject({
    result: "failed",
    executions: [{ name: "job", action: "keep", result: "done", status: "running" }],
    resources: [],
    counts: {},
    messages: [{ severity: "error", name: "", text }],
    output: [],
  });
  expect(markdown).toContain("**Destroy failed.**");
  expect(markdown).toContain("| kept | job | run-1 | running |");
});

test("a failed preview stops the destroy, and only its errors are shown", async () => {
  const events = [step("create", "new"), diagnostic("job", "error", "it is not valid"), summary({ create: 1 })];
  const failed = [...events, diagnostic(undefined, "error", "preview failed")];
  const { session, ran } = stackOf(failing("CommandError", failed), {});
  expect(await destroy(session)).toBe(1);
  expect(ran).toEqual(["preview"]);
  expect(written().data).toMatchObject({
    result: "failed",
    executions: [{ name: "job", action: "keep", result: "done" }],
    counts: {},
    messages: [{ severity: "error", name: "job", text: "it is not valid" }],
  });
});

test("a preview of a locked stack waits, as a destroy does", async () => {
  const { session, ran, surface } = stackOf(failing("ConcurrentUpdateError"), {});
  expect(await destroy(session)).toBe(3);
  expect(ran).toEqual(["preview"]);
  expect(surface.complaints.join("\n")).toMatch(/^LYC5003: /);
});

test("each try after a lock compares again", async () => {
  let tries = 0;
  const { session, ran } = stackOf((emit) => emit(tries++ === 0 ? same : other), {
    lockWaitSeconds: 600,
  });
  Object.assign(session.open.stack, {
    destroy: async () => failing("ConcurrentUpdateError")(() => undefined),
  });
  expect(await destroy(session)).toBe(1);
  expect(ran).toEqual(["preview", "preview"]);
});

test("each try after a lock asks the policy again", async () => {
  const { session, ran, surface } = stackOf(
    [],
    { runProgram: false, lockWaitSeconds: 600, folder: "/project" },
    ["job"],
    { "lyceum-policy.yaml": "protected: [database]\n" },
  );
  const shown = [step("delete", "job", { old: running })];
  Object.assign(session.open.stack, {
    previewDestroy: async (options: EngineOptions) => {
      ran.push("previewDestroy");
      for (const one of shown) options.onEvent(one);
      // While the command waits, another command adds this resource.
      shown.push(step("delete", "database", { type: "acme:index:Database" }));
    },
    destroy: async () => failing("ConcurrentUpdateError")(() => undefined),
  });
  expect([await destroy(session), ran]).toEqual([1, ["previewDestroy", "previewDestroy"]]);
  expect(surface.complaints.join("\n")).toMatch(/LYC5114: database: it would be deleted/i);
  expect(written().summary).toContain(
    "after another command had locked the stack or the working hours had ended. Nothing",
  );
});

test("the preview of a destroy that runs the program names what is deleted, and not what is new in the program", async () => {
  const { session } = stackOf([same], { previewOnly: true });
  expect(await destroy(session)).toBe(0);
  const { data, summary: markdown } = written();
  expect(data.executions).toMatchObject([{ name: "job", action: "delete", aborts: "run-1" }]);
  expect(markdown).toContain(
    "| aborts run run-1 if it is active, and is deleted | job | the stack would be destroyed |",
  );
});

test.each([
  ["deleted", [same, step("delete", "job", { old: running })], ["delete"], 0],
  ["new in the program", [step("same", "job", { old: {}, new: {} })], [], 0],
  ["recorded without outputs", [step("same", "job", { old: {}, id: "job-1", new: {} })], ["same"], 1],
  [
    "not deleted, because its deletion failed",
    [same, step("delete", "job", { old: running }), ended("delete", "job", TYPE, true)],
    ["same", "delete"],
    1,
  ],
  ["not a target", [same], ["same"], 1],
  [
    "left by an earlier replacement",
    [same, step("delete-replaced", "job", { old: running })],
    ["same", "delete-replaced"],
    1,
  ],
])("which steps and counts a destroy has for an execution that is %s", (_title, events, ops, unchanged) => {
  const observed = observedOf([...events, summary({ same: 1, delete: 1 })]);
  const result = resultOfDestroy({ kind: "succeeded", observed, reason: "", output: [] });
  expect(result.observed.steps.map(({ op }) => op)).toEqual(ops);
  expect(result.observed.counts).toEqual({ same: unchanged, delete: 1 });
});

test("a destroy whose engine counts no unchanged resources has none", () => {
  const observed = observedOf([same, step("delete", "job", { old: running }), summary({ delete: 1 })]);
  expect(resultOfDestroy({ kind: "succeeded", observed, reason: "", output: [] }).observed.counts).toEqual({
    delete: 1,
  });
});

test.each([
  ["a resource that the stack protects", 'stacks: { "pro*": { protected: ["jo*"] } }\n', {}, ["previewDestroy"], 1],
  ["a type that the policy protects", 'protected: ["lyceum:index:*"]\n', {}, ["previewDestroy"], 1],
  ["a preview of it", "protected: [job]\n", { previewOnly: true }, ["previewDestroy"], 1],
  ["another resource", "protected: [database]\n", {}, ["previewDestroy", "destroy"], 0],
  ["a resource that another stack protects", "stacks: { dev: { protected: [job] } }\n", {}, ["destroy"], 0],
  ["a warning", "warn: { protected: [job] }\n", {}, ["previewDestroy", "destroy"], 0],
  ["an allowed exception", EXCEPTION, {}, ["previewDestroy", "destroy"], 0],
])("a policy about %s", async (_, policy, request, commands, code) => {
  const { session, surface, ran } = stackOf([], { runProgram: false, folder: "/project", ...request }, undefined, {
    "lyceum-policy.yaml": policy,
  });
  expect([await destroy(session), ran]).toEqual([code, commands]);
  if (code === 0) return;
  expect(surface.complaints.join("\n")).toMatch(/error LYC5114: Job: it would be deleted, and \S+ protects it\./i);
  expect(written().summary).toContain("`ci destroy` refuses it, and changes nothing.");
});
