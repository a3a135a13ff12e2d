import { UNKNOWN_TEXT } from "../../../provider/schema/wire-forms";
import type { EngineEvent } from "../stack/automation";
import { step } from "../testing/events";
import { notReviewed } from "./review-of";
import { DATABASE, found, RUN_INPUTS, review } from "./testing/differences";

const database = (inputs: Record<string, unknown>) => [step("create", "db", { type: DATABASE, new: inputs })];
const change = (from: Record<string, unknown>, to: Record<string, unknown>, id = "1", paths: string[] = []) => [
  step("update", "db", { type: DATABASE, old: {}, id, oldInputs: from, new: to, paths }),
];
const replacement = (from: Record<string, unknown>, to: Record<string, unknown>) => [
  step("replace", "db", { type: DATABASE, old: {}, id: "1", oldInputs: from, new: to }),
];
const start = (inputs: Record<string, unknown>) => [step("create", "train", { new: { ...RUN_INPUTS, ...inputs } })];
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
  [
    "a value that was not known, in place of another old value",
    change({ tags: "a" }, { tags: UNKNOWN_TEXT }),
    change({ tags: "b" }, { tags: "c" }),
    ["db|tags|a → not known yet|b → c"],
  ],
  [
    "a value that was not known, as a map in place of a map",
    change({ tags: { a: 1, b: 2 } }, { tags: UNKNOWN_TEXT }),
    change({ tags: { a: 1, b: 2 } }, { tags: { a: 1, b: 3, c: 4 } }),
    [],
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
