import { diagnostic, step, summary, TYPE, urnOf } from "../testing/events";
import { DATABASE, recorded, summaryOf } from "./testing/summary-of";

const train = step("create", "train", { new: { executionType: "gpu.a100", timeout: 600, waitFor: "completed" } });
const UNCLEAR = { ...recorded, executionId: "", startKey: "key-1", status: "unknown" };
const MAY_GO_ON = "is deleted; the run of its unclear start goes on, if there is one";
const GOES_ON = "is deleted; run run-1 goes on if it is active";
const web = [
  diagnostic(
    "web",
    "info",
    "aborts run run-1 (running at 05:57:40 UTC) and starts a new run: image changed in services.a\n",
  ),
  step("delete-replaced", "web", { old: recorded }),
  step("replace", "web", { old: recorded, new: { executionType: "cpu", timeout: 60 } }),
  step("create-replacement", "web", { old: recorded, new: { executionType: "cpu", timeout: 60 } }),
];

test("it shows what would run and why, what would be aborted, and the cost limit", () => {
  const { text } = summaryOf([train, ...web, step("delete", "worker", { old: { ...recorded, executionId: "run-2" } })]);
  expect(text).toBe(`<!-- pulumi-lyceum preview training/prod -->

### Preview of training/prod

**2 runs would start, 2 runs would be aborted if they are active.**

| what happens | execution | why | machine | timeout | costs at most |
|---|---|---|---|--:|--:|
| aborts run run-2 if it is active, and is deleted | worker | it is no longer in the program |  |  |  |
| aborts run run-1 (running) and starts a new run | web | image changed in services.a | cpu | 1m | not known |
| starts a run | train | it is new in the program | gpu.a100 | 10m | 6.10 |

It costs at most 6.10 ((timeout + grace period) × price of the machine, in the currency of the account). That is without web, whose price is not known.
`);
});

test("other resources are listed, deletions and replacements first, and counted as Pulumi counts them", () => {
  const events = [
    step("same", "web", { old: recorded, new: { executionType: "cpu" } }),
    step("create", "training-prod", { type: "pulumi:pulumi:Stack" }),
    step("create", "default_7_1_0", { type: "pulumi:providers:aws" }),
    step("delete", "default_7_0_0", { type: "pulumi:providers:aws", old: {} }),
    step("update", "default", {
      type: "pulumi:providers:gcp",
      old: {},
      oldInputs: { project: "a" },
      new: { project: "b" },
    }),
    step("replace", "eu", { type: "pulumi:providers:aws", old: {}, oldInputs: { region: "x" }, new: { region: "y" } }),
    step("same", "new-name", { type: DATABASE, old: {}, oldUrn: urnOf("old-name", DATABASE), new: {} }),
    step("create", "added", { type: "acme:index:Storage" }),
    step("update", "larger", {
      type: DATABASE,
      old: {},
      oldInputs: { size: 1, tags: {}, password: "[secret]" },
      new: { size: 2, tags: { team: "a" }, password: "[secret]" },
      diffs: ["size", "tags", "password"],
    }),
    step("replace", "moved", { type: DATABASE, keys: ["zone"], diffs: ["zone", "tags"] }),
    step("create-replacement", "moved", { type: DATABASE, keys: ["zone"], diffs: ["zone", "tags"] }),
    step("delete-replaced", "moved", { type: DATABASE }),
    step("read", "found", { type: DATABASE }),
    step("import", "older", { type: DATABASE, newId: "db-7", new: {} }),
    step("refresh", "looked-at", { type: DATABASE }),
    step("discard", "not-ours", { type: DATABASE }),
    step("delete-replaced", "left", { type: DATABASE }),
    step("explode", "new-in-pulumi", { type: DATABASE }),
    step("delete", "users", { type: DATABASE }),
    summary({ same: 1, create: 3, update: 1, replace: 1, delete: 2, explode: 1 }),
  ];
  const { text, json } = summaryOf(events);
  expect(text).toContain(`
**No run would start, and none would be aborted. Other resources: 2 deleted, 2 replaced, 1 left the stack, 1 explode, 2 updated, 1 imported, 1 created, 1 renamed, 1 read, 1 refreshed.**

Pulumi counts all resources, also executions, providers and the stack itself: 2 to delete, 1 to replace, 1 to update, 3 to create, 1 unchanged, 1 to explode.

| what happens | resource | changes | type |
|---|---|---|---|
| is deleted | left |  | aws:rds/instance:Instance |
| is deleted | users |  | aws:rds/instance:Instance |
| is replaced | moved | zone; tags | aws:rds/instance:Instance |
| is replaced | eu | region: x → y | pulumi:providers:aws |
| leaves the stack, and stays | not-ours |  | aws:rds/instance:Instance |
| explode | new-in-pulumi |  | aws:rds/instance:Instance |
| is updated | larger | password: \\[secret\\] → \\[secret\\]; size: 1 → 2; tags.team: none → a | aws:rds/instance:Instance |
| is updated | default | project: a → b | pulumi:providers:gcp |
| is imported | older | id: none → db-7 | aws:rds/instance:Instance |
| is created | added |  | acme:index:Storage |
| is renamed | new-name | name: old-name → new-name | aws:rds/instance:Instance |
| is read | found |  | aws:rds/instance:Instance |
| is refreshed | looked-at |  | aws:rds/instance:Instance |

1 execution would not change.
`);
  expect(summaryOf([...events].reverse())).toMatchObject({ text, json });
  expect(JSON.parse(json)).toMatchObject({
    counts: { delete: 2 },
    resources: [{ name: "left", action: "delete" }, {}, { properties: ["zone"] }, ...Array(10).fill({})],
  });
});

test("the run of an earlier replacement is aborted, and listed next to the execution that stays", () => {
  const { text } = summaryOf([
    step("same", "web", { old: recorded, new: { executionType: "cpu" } }),
    step("delete-replaced", "web", { old: { ...recorded, executionId: "run-0" } }),
  ]);
  expect(text).toContain("**0 runs would start, 1 run would be aborted if it is active.**");
  expect(text).toContain(
    "| aborts run run-0 if it is active, and is deleted | web | an earlier replacement has left it |",
  );
  expect(text).toContain("1 execution would not change.");
});

test.each([
  [
    "aborts run run-1 (last status: running) and starts a new run: image changed in services.a",
    "aborts run run-1 (last status: running) and starts a new run",
    "image changed in services.a",
  ],
  [
    'starts a new run: run run-1 (failed) did not complete, and whenFailed is "rerun"',
    "starts a new run",
    'run run-1 (failed) did not complete, and whenFailed is "rerun"',
  ],
  [
    "resumes waiting for run run-1 (running) to be completed",
    "resumes waiting for run run-1 (running) to be completed",
    "",
  ],
])("splits the message into action and reason: %s", (message, what, why) => {
  const { text } = summaryOf([diagnostic("web", "info", message), ...web.slice(1)]);
  expect(text).toContain(`| ${what} | web |${why === "" ? "" : ` ${why} |`} cpu |`);
});

test("when a command fails and reports no error, its last lines are shown", () => {
  const output = ["Diagnostics:", "  property composeFil is not known"];
  const { text, json } = summaryOf([diagnostic(undefined, "error", "preview failed")], { kind: "failed", output });
  expect(text).toContain(
    "**The last lines of Pulumi's output**\n\n```\nDiagnostics:\n  property composeFil is not known\n```",
  );
  expect(JSON.parse(json).output).toEqual(output);
  const reported = summaryOf([diagnostic("web", "error", "no")], { kind: "failed", output });
  expect(reported.text).not.toContain("composeFil");
});

test("the order and the time of the events, and debug messages, do not change a byte", () => {
  const later = diagnostic(
    "web",
    "info",
    "aborts run run-1 (running at 06:01:02 UTC) and starts a new run: image changed in services.a\n",
  );
  const debug = diagnostic("web", "debug", "inputs: secret-value");
  const progress = { ...diagnostic("web", "info", "still waiting"), timestamp: 5 };
  if (progress.diagnosticEvent !== undefined)
    progress.diagnosticEvent = { ...progress.diagnosticEvent, ephemeral: true };
  const other = summaryOf([later, debug, progress, ...web.slice(1), train]);
  expect(other.text).toBe(summaryOf([train, ...web]).text);
  expect(other.json).toBe(summaryOf([train, ...web]).json);
  expect(other.json).not.toContain("secret-value");
});

test.each([
  ["a run that has ended", { ...recorded, status: "completed" }, false, undefined, "is deleted"],
  ["a run that has ended, and is left", { ...recorded, status: "completed" }, true, undefined, "is deleted"],
  ["a run that is left", { ...recorded, onDelete: "leave" }, false, undefined, GOES_ON],
  ["a run that the engine retains", recorded, true, undefined, GOES_ON],
  ["no run", { ...recorded, executionId: "" }, true, undefined, "is deleted"],
  ["an unclear start that is left", { ...UNCLEAR, onDelete: "leave" }, false, undefined, MAY_GO_ON],
  ["an unclear start that the engine retains", UNCLEAR, true, undefined, MAY_GO_ON],
  ["an unclear start", UNCLEAR, false, undefined, "is deleted"],
  ["an active run", recorded, false, "run-1", "aborts run run-1 if it is active, and is deleted"],
])("a deletion of an execution with %s", (_, old, wasRetained, aborts, what) => {
  const { data, text } = summaryOf([step("delete", "old", { old, wasRetained })]);
  expect(data.executions[0]).toMatchObject({ action: "delete", aborts });
  expect(text).toContain(`| ${what} | old |`);
});

test.each([
  [
    "aborts run run-1 (running at 10:00:00 UTC) and starts a new run: triggers changed",
    "leaves run run-1 (running) and starts a new run | web | triggers changed",
  ],
  [
    "may start a new run and end run run-1 (running at 10:00:00 UTC): triggers not known yet",
    "may start a new run next to run run-1 (running) | web | triggers not known yet",
  ],
])("a replacement under retainOnDelete leaves the old run, although the provider says: %s", (message, row) => {
  const options = { old: recorded, wasRetained: true, isRetained: true };
  const { data, text } = summaryOf([
    diagnostic("web", "info", message),
    step("create-replacement", "web", { ...options, new: {} }),
    step("replace", "web", { ...options, new: {} }),
    step("delete-replaced", "web", { old: recorded, wasRetained: true }),
  ]);
  expect(data.executions).toMatchObject([{ action: "replace", aborts: undefined }]);
  expect(text).toContain(`| ${row} |`);
  expect(text).toContain("**1 run would start, 0 runs would be aborted.**");
});

test.each([
  [
    "leave",
    "starts a new run in place of the start that got no clear answer; the run of its unclear start goes on, if there is one",
  ],
  ["abort", "starts a new run in place of the start that got no clear answer"],
])("a replacement after an unclear start says whether a run of this start goes on: %s", (onDelete, what) => {
  const old = { executionId: "", startKey: "key-1", status: "unknown", onDelete };
  const { text } = summaryOf([
    diagnostic("web", "info", "starts a new run in place of the start that got no clear answer: triggers changed"),
    ...["create-replacement", "replace", "delete-replaced"].map((op) => step(op, "web", { old, new: {} })),
  ]);
  expect(text).toContain(`| ${what} | web | triggers changed |`);
});

test.each([
  "starts a new run in place of run run-1 (completed with exit code 0): triggers changed",
  "may start a new run in place of run run-1 (completed with exit code 0): composeFileCode not known yet",
])("a run whose end was just observed is not shown as aborted, even if the state records it as active: %s", (text) => {
  const ended = diagnostic("web", "info", text);
  expect(summaryOf([ended, ...web.slice(1)]).data.executions[0]?.aborts).toBeUndefined();
});

test("an execution that adopts a run starts none", () => {
  const { data, text } = summaryOf([step("create", "old", { new: { existingExecutionId: "run-7" } })]);
  expect(data.executions[0]?.action).toBe("adopt");
  expect(text).toContain("No run would start");
});

test("a failed preview shows diagnostics with file and line, and nothing that depends on its progress", () => {
  const failure = diagnostic(
    "web",
    "error",
    `${TYPE} resource 'web': property composeFile value {compose.yaml} has a problem: 2 errors in the compose document:
compose.yaml:4:5 error LYC2105: Compose has no key imgae here
  4 |     imgae: x
    |     ^^^^^
  Remove the key, or start its name with \`x-\`.
compose.yaml:5:5 error LYC2105: Compose has no key prots here
  Did you mean \`ports\`?
`,
  );
  const { text, data } = summaryOf([train, failure, diagnostic(undefined, "error", "preview failed")], {
    kind: "failed",
  });
  expect(text).toContain("**The preview failed: 2 errors in compose documents.**");
  expect(text).not.toContain("| train |");
  expect(text).toContain("* compose.yaml:5:5 error LYC2105: web: Compose has no key prots here. Did you mean `ports`?");
  expect(data.diagnostics[0]?.range?.end.column).toBe(10);
  expect(data.messages).toEqual([]);
});

test("no part of a message acts as Markdown, or ends the marker", () => {
  const hostile = "it --> <b> | `x` @everyone ```";
  const { text } = summaryOf([diagnostic("web", "warning", hostile), ...web], { stack: "a-->b" });
  expect(text.split("\n")[0]).toBe("<!-- pulumi-lyceum preview training/a__b -->");
  expect(text).toContain(`**Warning of web**\n\n\`\`\`\`\n${hostile}\n\`\`\`\`\n`);
});

test("a URN gives the name of its resource even when the name holds colons", () => {
  const event = step("create", "a::b", { new: { executionType: "cpu" } });
  expect(summaryOf([event]).data.executions[0]).toMatchObject({ name: "a::b", urn: urnOf("a::b") });
});

test("a warning that several resources have is shown once, with their names", () => {
  const { text } = summaryOf([
    train,
    diagnostic("train", "warning", "The machine is old."),
    diagnostic("web", "warning", "The machine is old."),
    diagnostic("web", "warning", "Another one."),
    summary({ create: 1 }),
  ]);
  expect(text.match(/\*\*Warning of .*?\*\*/g)).toEqual(["**Warning of train, web**", "**Warning of web**"]);
});
