import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LISTS_LAG_SECONDS } from "../account/find-unclear";
import { formatFileName, parseFileName, type StartKey } from "../run/identity/start-key";
import { someInputs } from "../testing/world";
import { RETRY_AFTER_PROVEN_EMPTY, startRequest } from "./start";

const key: StartKey = {
  scope: "abcdef",
  resource: "1234567",
  inputs: "zyxwvut",
  attempt: 3,
  onDelete: "abort",
};
const bare = formatFileName(key, undefined);

/** Makes the request of a start for a resource with this name. */
const requestOf = (name: string, inputs: Record<string, unknown> = {}) =>
  startRequest(someInputs({ $urn: `urn:pulumi:dev::shop::pulumi:type::${name}`, ...inputs }), key);
/** Returns the `file_name` that a start sends. */
const sent = (...of: Parameters<typeof requestOf>): string => requestOf(...of).file_name;

test("the compose text is sent unchanged", () =>
  expect(requestOf("train").compose_file_code).toBe("services:\n  worker:\n    image: busybox\n"));

test.each([
  ["train", "train"],
  ["a::b-c d", "a::b-c d"],
  ["two\nlines\u0000\u007f\u0085\u2028\u202e", "twolines"],
  ["x".repeat(300), "x".repeat(200)],
  ["😀".repeat(150), "😀".repeat(100)],
  [`x${"😀".repeat(150)}`, `x${"😀".repeat(99)}`],
  ["half \ud83d", "half"],
])("the resource %j has the label %j after the start key", (name, label) => {
  expect(sent(name)).toBe(`${bare}-${label}`);
  expect(parseFileName(sent(name))).toEqual(key);
});

test.each(["\n", "  "])("the resource %j has no label", (name) => expect(sent(name)).toBe(bare));

test("without a URN there is no label", () => expect(sent("", { $urn: "" })).toBe(bare));

test("`fileName` replaces the label", () => expect(sent("train", { fileName: "mine" })).toBe(`${bare}-mine`));

test("a name is a label even where a secret of the arguments is a part of it", () => {
  const registryCredentials = { type: "basic", username: "u", password: "prod" };
  expect(sent("prod-train", { registryCredentials })).toBe(`${bare}-prod-train`);
});

test("docs/explanation/lifecycle.md has the limits of repeated starts: RETRY_AFTER_PROVEN_EMPTY (start.ts) and LISTS_LAG_SECONDS", () => {
  const page = readFileSync(join(__dirname, "../../../docs/explanation/lifecycle.md"), "utf8");
  const times = ["no", "one", "two", "three", "four", "five"][RETRY_AFTER_PROVEN_EMPTY];
  expect(page).toContain(`After ${times} repetitions without a clear answer, the create fails too.`);
  expect(page).toContain(`and lookups for ${LISTS_LAG_SECONDS} s prove that no run exists.`);
  expect(page).toContain(`waits up to ${LISTS_LAG_SECONDS} s until the list of active runs no longer shows this run`);
});
