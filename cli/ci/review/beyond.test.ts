import type { ReviewedAction } from "../../../provider/policy/reviewed";
import { UNKNOWN_TEXT } from "../../../provider/schema/wire-forms";
import type { EngineEvent } from "../stack/automation";
import { observedOf, step, TYPE } from "../testing/events";
import { beyond } from "./beyond";
import { notReviewed, reviewOf } from "./review-of";

const DATABASE = "acme:index:Database";
const review = (...events: readonly EngineEvent[]) =>
  reviewOf({ project: "training", stack: "prod" }, observedOf(events), "salt");
const found = (reviewed: readonly EngineEvent[], planned: readonly EngineEvent[]) =>
  beyond(review(...reviewed), review(...planned)).map(({ name, what, reviewed: one, planned: other }) =>
    [name, what, one, other].join("|"),
  );

const run = { composeFileCode: "services: {web: {image: 'web:1'}}", timeout: 300 };
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

const database = (inputs: Record<string, unknown>) => [step("create", "db", { type: DATABASE, new: inputs })];
const change = (from: Record<string, unknown>, to: Record<string, unknown>, id = "1", paths: string[] = []) => [
  step("update", "db", { type: DATABASE, old: {}, id, oldInputs: from, new: to, paths }),
];
const replacement = (from: Record<string, unknown>, to: Record<string, unknown>) => [
  step("replace", "db", { type: DATABASE, old: {}, id: "1", oldInputs: from, new: to }),
];
const start = (inputs: Record<string, unknown>) => [step("create", "train", { new: { ...run, ...inputs } })];
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

test.each<[string, readonly EngineEvent[], readonly EngineEvent[], readonly string[]]>([
  [
    "the same text in another spelling",
    start({}),
    start({ composeFileCode: "services:\n  web: # x\n    image: web:1" }),
    [],
  ],
  [
    "another image",
    start({}),
    start({ composeFileCode: "services: {web: {image: 'web:2'}}" }),
    ["train|compose.services.web.image|web:1|web:2"],
  ],
  ["another timeout", start({}), start({ timeout: 600 }), ["train|timeout|300|600"]],
  ["one more argument", start({}), start({ executionType: "gpu" }), ["train|executionType|none|gpu"]],
  ["an argument less", start({ executionType: "gpu" }), start({}), ["train|executionType|gpu|none"]],
  ["another secret", start({ triggers: secret }), start({ triggers: secret }), []],
  [
    "plaintext in place of a secret",
    start({ triggers: secret }),
    start({ triggers: ["x"] }),
    ["train|triggers|a secret|none", "train|triggers[0]|none|x"],
  ],
  ["an image that was not known", start({ images: { web: UNKNOWN_TEXT } }), start({ images: { web: "web:9" } }), []],
  ["images that were not known", start({ images: UNKNOWN_TEXT }), start({ images: { web: "web:9" } }), []],
  [
    "an image that is no longer known",
    start({ images: { web: "web:1" } }),
    start({ images: { web: UNKNOWN_TEXT } }),
    ["train|images.web|web:1|not known yet"],
  ],
  ["a resource that was not reviewed", [], database({ size: 1 }), ["db|action|nothing|create"]],
  [
    "another nested property",
    database({ tags: { a: [1, 2] } }),
    database({ tags: { a: [1, 3] } }),
    ["db|tags.a[1]|2|3"],
  ],
  ["a random end of the name", database({ name: "db-1a2b3c4" }), database({ name: "db-4c3b2a1" }), []],
  [
    "a random end that the provider lists",
    database({ identifier: "db-1a2b3c4", __defaults: ["identifier"] }),
    database({ identifier: "db-4c3b2a1", __defaults: ["identifier"] }),
    [],
  ],
  [
    "a name of the program with such an end",
    database({ name: "db-1a2b3c4", __defaults: [] }),
    database({ name: "db-4c3b2a1", __defaults: [] }),
    ["db|name|db-1a2b3c4|db-4c3b2a1"],
  ],
  [
    "a random end of a name in Kubernetes",
    database({ metadata: { name: "db-1a2b3c4d", annotations: { "pulumi.com/autonamed": "true" } } }),
    database({ metadata: { name: "db-4c3b2a1d", annotations: { "pulumi.com/autonamed": "true" } } }),
    [],
  ],
  [
    "a value of a new resource that only looks like a name with a random end",
    database({ s3Key: "db-1a2b3c4" }),
    database({ s3Key: "db-4c3b2a1" }),
    ["db|s3Key|db-1a2b3c4|db-4c3b2a1"],
  ],
  [
    "a random end of the name of a replacement",
    replacement({ name: "db-0000000", size: 1 }, { name: "db-1a2b3c4", size: 2 }),
    replacement({ name: "db-0000000", size: 1 }, { name: "db-4c3b2a1", size: 2 }),
    [],
  ],
  [
    "a replacement of a resource with another name",
    replacement({ name: "db-0000000" }, { name: "db-1a2b3c4" }),
    replacement({ name: "db-9999999" }, { name: "db-1a2b3c4" }),
    ["db|name|db-0000000 → db-*******|db-9999999 → db-*******"],
  ],
  [
    "an update to another value that looks like a name with a random end",
    change({ s3Key: "db-0000000", name: "db-0000000" }, { s3Key: "db-4f3a2b1", name: "db-4f3a2b1" }),
    change({ s3Key: "db-0000000", name: "db-0000000" }, { s3Key: "db-9c8d7e6", name: "db-9c8d7e6" }),
    [
      "db|name|db-0000000 → db-4f3a2b1|db-0000000 → db-9c8d7e6",
      "db|s3Key|db-0000000 → db-4f3a2b1|db-0000000 → db-9c8d7e6",
    ],
  ],
  [
    "another name",
    database({ name: "db-primary" }),
    database({ name: "db-standby" }),
    ["db|name|db-primary|db-standby"],
  ],
  [
    "fewer changes",
    change({ size: 1, tier: 1 }, { size: 2, tier: 2 }),
    change({ size: 1, tier: 1 }, { size: 2, tier: 1 }),
    [],
  ],
  ["another change", change({ size: 1 }, { size: 2 }), change({ size: 1 }, { size: 9 }), ["db|size|1 → 2|1 → 9"]],
  [
    "the change of another value",
    change({ size: 1 }, { size: 2 }),
    change({ size: 7 }, { size: 2 }),
    ["db|size|1 → 2|7 → 2"],
  ],
  [
    "a further change",
    change({ size: 1 }, { size: 2 }),
    change({ size: 1, tier: 1 }, { size: 2 }),
    ["db|tier|no change|1 → none"],
  ],
  [
    "a change of a secret that the provider lists",
    change({ size: 1, pw: secret }, { size: 2, pw: secret }),
    change({ size: 1, pw: secret }, { size: 2, pw: secret }, "1", ["pw"]),
    ["db|pw|no change|a secret → a secret"],
  ],
  [
    "the update of another resource of this name",
    change({ size: 1 }, { size: 2 }),
    change({ size: 1 }, { size: 2 }, "2"),
    ["db|resource|another resource of this name|update"],
  ],
  ["a value inside one that was not known", change({}, { tags: UNKNOWN_TEXT }), change({}, { tags: { a: 1 } }), []],
  [
    "the content of a file that moved",
    database({
      file: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash: "h", path: "/a" },
    }),
    database({
      file: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash: "h", path: "/b" },
    }),
    [],
  ],
])("the differences from a review: %s", (_, reviewed, planned, expected) => {
  expect(found(reviewed, planned)).toEqual(expected);
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

test("a secret of a Compose project is compared by the provider's digest, unless the stack has no secret yet", () => {
  const project = (leaf: string) => ({
    composeFile: "a.yaml",
    compose: { services: { web: { environment: { PW: leaf } } } },
  });
  const created = (leaf: string) => step("create", "train", { new: project(leaf) });
  const [one, two] = ["(secret) 93eidgkn7gev", "(secret) hl0jg87r2jqs"].map(created) as [EngineEvent, EngineEvent];
  expect(found([one], [two])).toEqual(["train|compose.services.web.environment.PW|a secret|a secret, but another one"]);
  const provider = step("create", "default", { type: "pulumi:providers:lyceum", new: {} });
  expect(found([provider, one], [provider, two])).toEqual([]);
  // A text that a person wrote is not a mask.
  expect(found([one], [created("(secret) rm -rf")])).toHaveLength(1);
});

test("the review file contains no secret, and lists the values that are not known", () => {
  const password = "hunter2-and-more";
  const text = JSON.stringify(
    review(...database({ pw: secret, password, name: "db-1a2b3c4" }), ...start({ images: { web: UNKNOWN_TEXT } })),
  );
  expect(text).not.toContain(password);
  expect(text).toContain('"pw":{"secret":true}');
  expect(notReviewed(JSON.parse(text))).toEqual(["db: name (its random end)", "train: images.web"]);
});

test("two different long values, which the review does not contain as text, count as different", () => {
  const long = (end: string) =>
    step("create", "db", { type: DATABASE, new: { note: `${"a word ".repeat(60)}${end}` } });
  expect(found([long("a")], [long("b")])).toEqual(["db|note|a longer value|a longer value, but another one"]);
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
  expect(found(database({ size: 1 }), imported("db-1"))).toEqual(["db|action|create|import"]);
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
