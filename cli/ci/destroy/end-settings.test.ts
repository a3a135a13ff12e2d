import { UNKNOWN_TEXT } from "../../../provider/schema/wire-forms";
import { observedOf, step } from "../testing/events";
import { differenceLines, endDifferences } from "./end-settings";

type Options = NonNullable<Parameters<typeof step>[2]>;

const running = { executionId: "run-1", status: "running", onDelete: "abort" };
/** Inputs as they are after the provider's check. */
const declared = { onDelete: "abort", deleteRecord: false };
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

const linesOf = (...steps: ReturnType<typeof step>[]) => differenceLines(endDifferences(observedOf(steps)));
const ABORT_LEAVE = '* job: onDelete is recorded as "abort", and the program declares "leave"';

test.each<[title: string, op: string, old: object, news: object, more: Omit<Options, "old" | "new">, lines: string[]]>([
  ["the same", "same", running, { onDelete: "abort", __defaults: { deleteRecord: false } }, {}, []],
  ["the same, where the program gives neither", "same", running, { __defaults: declared }, {}, []],
  ["the same, as 0.1.0 recorded it", "same", running, declared, {}, []],
  ["another onDelete", "update", running, { ...declared, onDelete: "leave" }, {}, [ABORT_LEAVE]],
  [
    "a run that would be left although the program ends it",
    "update",
    { ...running, onDelete: "leave" },
    declared,
    {},
    ['* job: onDelete is recorded as "leave", and the program declares "abort"'],
  ],
  [
    // The setting is unknown, so the provider does not decide whether the run is replaced. The difference is found
    // although the step changes nothing.
    "another onDelete in a step that changes nothing",
    "same",
    running,
    { ...declared, onDelete: "leave" },
    {},
    [ABORT_LEAVE],
  ],
  [
    "a replacement",
    "replace",
    running,
    { ...declared, onDelete: "leave" },
    {},
    [`${ABORT_LEAVE}; \`pulumi up\` also replaces its run`],
  ],
  [
    "deleteRecord",
    "update",
    running,
    { ...declared, deleteRecord: true },
    {},
    ["* job: deleteRecord is recorded as false, and the program declares true"],
  ],
  [
    "deleteRecord that is no longer declared",
    "update",
    { ...running, deleteRecord: true },
    declared,
    {},
    ["* job: deleteRecord is recorded as true, and the program declares false"],
  ],
  [
    "not known at preview",
    "same",
    running,
    { ...declared, onDelete: UNKNOWN_TEXT },
    {},
    [`* job: onDelete is recorded as "abort", and the program's value is not known at preview`],
  ],
  [
    // The engine does not call the check of a provider whose own configuration is unknown. So the inputs have no
    // defaults.
    "not completed",
    "same",
    running,
    {},
    {},
    [
      `* job: onDelete is recorded as "abort", and the program's value is not known at preview`,
      "* job: deleteRecord is recorded as false, and the program's value is not known at preview",
    ],
  ],
  [
    "secret",
    "update",
    { ...running, onDelete: secret },
    { ...declared, onDelete: secret },
    {},
    ["* job: onDelete is secret, so it cannot be compared"],
  ],
  [
    "secret, as a text",
    "update",
    { ...running, onDelete: "[secret]" },
    { ...declared, onDelete: "[secret]" },
    {},
    ["* job: onDelete is secret, so it cannot be compared"],
  ],
  ["an older record without the setting", "same", { executionId: "run-1", status: "running" }, declared, {}, []],
  [
    "a record without an id of the run, whose start had no clear answer",
    "update",
    { ...running, executionId: "", status: "unknown" },
    { ...declared, onDelete: "leave" },
    {},
    [ABORT_LEAVE],
  ],
  [
    "a recorded end",
    "update",
    { ...running, status: "completed", returnCode: 0 },
    { ...declared, onDelete: "leave" },
    {},
    [],
  ],
  [
    "an end by its status word alone, which a delete reads again",
    "update",
    { ...running, status: "completed" },
    { ...declared, onDelete: "leave" },
    {},
    [ABORT_LEAVE],
  ],
  [
    "a recorded end, whose record the program removes",
    "update",
    { ...running, status: "completed", returnCode: 0 },
    { onDelete: "leave", deleteRecord: true },
    {},
    ["* job: deleteRecord is recorded as false, and the program declares true"],
  ],
  [
    "a run that must have ended",
    "update",
    { ...running, missing: "forgotten" },
    { onDelete: "leave", deleteRecord: true },
    {},
    [],
  ],
  [
    "a run that is lost",
    "update",
    { ...running, missing: "lost" },
    { ...declared, onDelete: "leave" },
    {},
    [ABORT_LEAVE],
  ],
  [
    "retainOnDelete that is not recorded yet",
    "same",
    running,
    declared,
    { isRetained: true },
    ["* job: retainOnDelete is recorded as false, and the program declares true"],
  ],
  ["retainOnDelete that is no longer declared", "same", running, declared, { wasRetained: true }, []],
  [
    "retainOnDelete that is no longer declared, with another onDelete",
    "update",
    running,
    { ...declared, onDelete: "leave" },
    { wasRetained: true },
    [ABORT_LEAVE],
  ],
  [
    "retainOnDelete in both",
    "update",
    running,
    { onDelete: "leave", deleteRecord: true },
    { wasRetained: true, isRetained: true },
    [],
  ],
  [
    "retainOnDelete of a run that has ended",
    "same",
    { ...running, status: "failed", returnCode: 1 },
    declared,
    { isRetained: true },
    [],
  ],
  ["no longer in the program", "delete", running, { ...declared, onDelete: "leave" }, {}, []],
  ["left by an earlier replacement", "delete-replaced", running, { ...declared, onDelete: "leave" }, {}, []],
  ["read only", "read", running, { ...declared, onDelete: "leave" }, {}, []],
])("%s (%s)", (_title, op, old, news, more, lines) => {
  expect(linesOf(step(op, "job", { old: { ...old }, new: { ...news }, ...more }))).toEqual(lines);
});

test("a new execution and a resource of another package are not compared", () => {
  const other = { old: running, new: { onDelete: "leave" }, type: "acme:index:Storage" };
  expect(
    linesOf(step("create", "job", { new: { ...declared, onDelete: "leave" } }), step("update", "a", other)),
  ).toEqual([]);
});

test("each execution is named once for each setting, in the order of their names", () => {
  const news = { onDelete: "leave", deleteRecord: true };
  const steps = ["web", "job"].flatMap((name) =>
    ["create-replacement", "replace", "delete-replaced"].map((op) => step(op, name, { old: running, new: news })),
  );
  expect(endDifferences(observedOf(steps)).map(({ name, setting }) => [name, setting])).toEqual([
    ["job", "onDelete"],
    ["job", "deleteRecord"],
    ["web", "onDelete"],
    ["web", "deleteRecord"],
  ]);
});
