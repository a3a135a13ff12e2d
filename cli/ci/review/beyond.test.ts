import { NOT_REVIEWED, type ReviewedAction } from "../../../provider/policy/reviewed";
import { UNKNOWN_TEXT } from "../../../provider/schema/wire-forms";
import { fakeSurface } from "../../testing/surface";
import type { EngineEvent } from "../stack/automation";
import type { EngineOptions, Session } from "../stack/session";
import { diagnostic, step, TYPE } from "../testing/events";
import { updateWithin } from "./apply-reviewed";
import { DATABASE, found, review, RUN_INPUTS as run } from "./testing/differences";

const old = { old: { executionId: "run-1" }, id: "run-1", oldInputs: run };
/** The event of a step for the execution `train`, by its action. */
const EXECUTION: Readonly<Record<ReviewedAction, EngineEvent>> = {
  start: step("create", "train", { new: run }),
  adopt: step("create", "train", { new: { existingExecutionId: "run-9" } }),
  replace: step("replace", "train", { ...old, new: run }),
  update: step("update", "train", { ...old, new: run }),
  keep: step("same", "train", { ...old, new: run }),
  delete: step("delete", "train", old),
};
const ACTIONS = Object.keys(EXECUTION) as ReviewedAction[];

test("which action on an execution is allowed after which review", () => {
  const table = ACTIONS.map((planned) => {
    const allowed = ACTIONS.filter((one) => found([EXECUTION[one]], [EXECUTION[planned]]).length === 0);
    return `${planned}: ${allowed.join(", ")}`;
  });
  // The inputs of an adopted run differ from those of the executions above.
  expect(table).toEqual([
    "start: start, replace",
    "adopt: adopt",
    "replace: replace",
    "update: start, replace, update, keep",
    "keep: start, adopt, replace, update, keep, delete",
    "delete: delete",
  ]);
});

test.each([
  ["replaced", ["create-replacement", "replace", "delete-replaced"]],
  ["kept", ["same"]],
])("the deletion of an earlier run is no review of a deletion of the execution, which is %s", (_how, ops) => {
  const ended = { ...old, old: { executionId: "run-1", status: "completed" } };
  const earlier = step("delete-replaced", "train", { ...ended, old: { executionId: "run-0" }, id: "run-0" });
  const reviewed = [earlier, ...ops.map((op) => step(op, "train", { ...ended, new: run }))];
  expect(found(reviewed, [step("delete", "train", ended)])).toEqual([expect.stringMatching(/^train\|/)]);
  expect(found(reviewed, reviewed)).toEqual([]);
});

test("an update after an unclear start may start the run, so it needs the review of a start", () => {
  const unclear = step("update", "train", {
    old: { executionId: "", startKey: "key-1" },
    id: "unclear-start-key-1",
    oldInputs: run,
    new: run,
  });
  const allowed = ACTIONS.filter((one) => found([EXECUTION[one]], [unclear]).length === 0);
  expect(allowed).toEqual(["start", "replace"]);
  expect(found([unclear], [unclear])).toEqual([]);
  expect(found([EXECUTION.keep], [unclear])).toEqual([
    "train|action|keep|may start a run, because an earlier start got no clear answer",
  ]);
});

test("stored files are compared by their content, not by their times, which differ between machines", () => {
  const stored = (hash: string, stamp: string, op: "create" | "update") => {
    const inputs = { source: "data", hash, __files: `a.txt\t1\t${stamp}\t${hash}` };
    const before = { source: "data", hash: "h0", __files: "a.txt\t1\tt0\th0" };
    return step(op, "data", {
      type: "lyceum:index:StoredFiles",
      new: inputs,
      ...(op === "update" && { oldInputs: before }),
    });
  };
  for (const op of ["create", "update"] as const) {
    expect(found([stored("h1", "t1", op)], [stored("h1", "t2", op)])).toEqual([]);
    expect(found([stored("h1", "t1", op)], [stored("h2", "t1", op)])).toHaveLength(1);
  }
});

const resource = (op: string, name = "db") =>
  step(op, name, { type: DATABASE, old: {}, id: "1", oldInputs: { size: 1 }, new: { size: 2 } });
const created = step("create", "db", { type: DATABASE, new: { size: 2 } });
const RESOURCE: Readonly<Record<string, EngineEvent>> = {
  create: created,
  replace: resource("replace"),
  update: resource("update"),
  delete: step("delete", "db", { type: DATABASE, old: {}, id: "1", oldInputs: { size: 1 } }),
  discard: step("discard", "db", { type: DATABASE, old: {}, id: "1", oldInputs: { size: 1 } }),
  read: step("read", "db", { type: DATABASE, new: { size: 2 } }),
  same: resource("same"),
};

test("a reviewed deletion that keeps the real resource does not allow a deletion that removes it", () => {
  const removed = (wasRetained: boolean) => [step("delete", "db", { type: DATABASE, old: {}, id: "1", wasRetained })];
  expect(found(removed(true), removed(false))).toEqual(["db|resource|leaves the stack, and stays|is deleted"]);
  expect(found(removed(true), removed(true))).toEqual([]);
  expect(found(removed(false), removed(true))).toEqual([]);
});

test("which action on another resource is allowed after which review", () => {
  const actions = Object.keys(RESOURCE);
  const table = actions.map((planned) => {
    const allowed = actions.filter(
      (one) => found([RESOURCE[one] ?? created], [RESOURCE[planned] ?? created]).length === 0,
    );
    return `${planned}: ${allowed.join(", ")}`;
  });
  const all = actions.join(", ");
  expect(table).toEqual([
    "create: create, replace",
    "replace: replace",
    "update: replace, update",
    "delete: delete",
    "discard: delete, discard",
    `read: ${all}`,
    `same: ${all}`,
  ]);
});

test("an aborted run must be the run in the review", () => {
  const ends = (id: string, status: string) => [
    step("replace", "train", { old: { executionId: id, status }, id, oldInputs: run, new: run }),
  ];
  expect(found(ends("run-1", "running"), ends("run-1", "completed"))).toEqual([]);
  expect(found(ends("run-1", "running"), ends("run-2", "running"))).toEqual(["train|run|run-1|run run-2 is aborted"]);
  expect(found(ends("run-1", "completed"), ends("run-1", "running"))).toEqual([
    "train|run|no run is aborted|run run-1 is aborted",
  ]);
  expect(found(ends("run-1", "completed"), ends("run-2", "completed"))).toEqual([
    "train|run|of run-1|deletes the record of run run-2",
  ]);
});

test("another provider is a difference, and another id of the same provider is not", () => {
  const reference = (name: string, id = "1b2c") => `urn:pulumi:prod::training::pulumi:providers:acme::${name}::${id}`;
  const [eu, us] = [reference("eu"), reference("us")];
  const created = (provider: string) => [step("create", "db", { type: DATABASE, new: {}, provider })];
  expect(found(created(eu), created(us))).toEqual(["db|provider|eu|us"]);
  expect(found(created(reference("eu", UNKNOWN_TEXT)), created(eu))).toEqual([]);
  expect(found(created(""), created(us))).toEqual(["db|provider|none|us"]);
  expect(found(created(eu), created(eu.replace("acme", "acme2")))).toHaveLength(1);
  // If the engine changes a recorded resource, the step has the recorded provider.
  const changed = (op: string, provider: string) => [
    step(op, "db", { type: DATABASE, old: {}, id: "1", oldInputs: { a: 1 }, new: { a: 2 }, provider, oldProvider: eu }),
  ];
  for (const op of ["update", "replace"]) {
    expect(found(changed(op, eu), changed(op, us))).toEqual(["db|provider|eu|us"]);
    expect(found(changed(op, eu), changed(op, eu))).toEqual([]);
  }
  expect(found(changed("replace", us), created(eu))).toContain("db|provider|us|eu");
  const started = (provider: string) => [step("create", "train", { new: run, provider })];
  expect(found(started(eu), started(us))).toEqual(["train|provider|eu|us"]);
  const removed = (oldProvider: string) => [step("delete", "train", { ...old, oldProvider })];
  expect(found(removed(eu), removed(reference("eu", "3c4d")))).toEqual([]);
});

test("a provider that changes or is replaced belongs to the review", () => {
  const provider = (op: string, region: string) =>
    step(op, "eu", { type: "pulumi:providers:aws", id: "1", old: {}, oldInputs: { region: "eu" }, new: { region } });
  expect(found([], [provider("update", "us")])).toEqual(["eu|action|nothing|update"]);
  expect(found([provider("update", "us")], [provider("update", "ap")])).toEqual(["eu|region|eu → us|eu → ap"]);
  expect(found([provider("update", "us")], [provider("replace", "us")])).toEqual(["eu|action|update|replace"]);
  expect(found([provider("replace", "us")], [provider("replace", "us")])).toEqual([]);
});

test("an import has the reviewed id", () => {
  const imported = (newId: string, op = "import") => [step(op, "db", { type: DATABASE, newId, new: { size: 1 } })];
  expect(found(imported("db-1"), imported("db-1"))).toEqual([]);
  expect(found(imported("db-1"), imported("db-2"))).toEqual(["db|id|another id|import"]);
  expect(found([step("create", "db", { type: DATABASE, new: { size: 1 } })], imported("db-1"))).toEqual([
    "db|action|create|import",
  ]);
  const run = (newId: string) => [step("import", "train", { newId, new: { onDelete: "abort" } })];
  expect(found(run("run-1"), run("run-1"))).toEqual([]);
  expect(found(run("run-1"), run("run-2"))).toEqual(["train|run|run-1|run run-2 is imported"]);
  expect(found([], run("run-1"))).toEqual(["train|action|nothing|adopt"]);
});

test("an alias renames only what was reviewed, even if nothing else changes", () => {
  const from = (name: string, type: string) => `urn:pulumi:prod::training::${type}::${name}`;
  const renamed = (op: string, old: string | undefined, size = 1) => [
    step(op, "db", {
      type: DATABASE,
      id: "1",
      old: {},
      oldInputs: { size: 1 },
      new: { size },
      ...(old === undefined ? {} : { oldUrn: from(old, DATABASE) }),
    }),
  ];
  expect(found(renamed("same", "a"), renamed("same", "a"))).toEqual([]);
  expect(found([], renamed("same", "a"))).toEqual(["db|action|nothing|rename"]);
  expect(found(renamed("same", "a"), renamed("same", "b"))).toEqual([
    `db|URN|renamed from ${from("a", DATABASE)}|renamed from ${from("b", DATABASE)}`,
  ]);
  // Between the review and this command, another apply may have renamed the resource, and may have changed it.
  expect(found(renamed("update", "a", 2), renamed("same", "a", 2))).toEqual([]);
  expect(found(renamed("update", "a", 2), renamed("update", undefined, 2))).toEqual([]);
  expect(found(renamed("same", "a"), renamed("same", undefined))).toEqual([]);
  expect(found(renamed("same", "a"), renamed("update", "a", 2))).toEqual(["db|action|rename|update"]);
  const kept = (oldUrn?: string) => [step("same", "train", { ...old, new: run, ...(oldUrn && { oldUrn }) })];
  expect(found(kept(from("a", TYPE)), kept(from("a", TYPE)))).toEqual([]);
  expect(found(kept(), kept(from("a", TYPE)))).toEqual([`train|URN|not renamed|renamed from ${from("a", TYPE)}`]);
  expect(found([], kept(from("a", TYPE)))).toEqual(["train|action|nothing|keep"]);
});

/** Runs an update with these events under a review of a start. Returns the result, and what was printed. */
async function updated(...events: readonly EngineEvent[]) {
  const surface = fakeSurface({});
  const up = async ({ onEvent }: EngineOptions) => events.forEach(onEvent);
  const session = {
    surface,
    request: {},
    open: { stack: { up, workspace: { envVars: {} } } },
    stop: { signal: new AbortController().signal },
  } as unknown as Session;
  const { isBeyond, observed } = await updateWithin(session, review(EXECUTION.start));
  return { isBeyond, last: observed.messages.at(-1)?.text ?? "", printed: surface.complaints.join() };
}

test.each<[string, EngineEvent, boolean]>([
  ["that does what was reviewed is not beyond the review", EXECUTION.start, false],
  ["with another error is not", diagnostic("train", "error", "no image"), false],
  ["with a note about the review is not", diagnostic("train", "info", `${NOT_REVIEWED.code}: x`), false],
  ["that the provider refuses is", diagnostic("train", "error", `${NOT_REVIEWED.code}: x`), true],
])("an update %s", async (_what, event, isBeyond) => {
  expect(await updated(event)).toMatchObject({ isBeyond, printed: "" });
});

test("an update that has done more than was reviewed is beyond the review, and an error names what it did", async () => {
  const { isBeyond, last, printed } = await updated(step("delete", "db", { type: DATABASE }));
  expect([isBeyond, last]).toEqual([true, printed]);
  expect(printed).toMatch(/^LYC5013: /);
  expect(printed).toContain("db");
});
