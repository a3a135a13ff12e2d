import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { answerInWords, GUARANTEES, isGap, isRefusedForGood, nameOfCall, type OptionalCall } from "./capability";
import { LyceumError } from "./errors";
import { nameOfOperation, OPERATIONS, type OperationName } from "./operations";

function errorWith(
  status: number | undefined,
  code: "LYC1102" | "LYC1109" | "LYC1111" | "LYC1203" | "LYC1204" = "LYC1102",
) {
  return new LyceumError({ code, message: `${status}`, status });
}

test.each([
  ...[400, 401, 403, 404, 405, 406, 410, 415, 422, 501].map((status) => errorWith(status)),
  errorWith(307, "LYC1109"),
  errorWith(200, "LYC1111"),
])("is a lasting refusal: %s", (error) => expect(isRefusedForGood(error)).toBe(true));

test.each([
  ...[402, 408, 409, 425, 429, 499, 500, 502, 503, 504, 418, undefined].map((status) => errorWith(status)),
  errorWith(undefined, "LYC1203"),
  new TypeError("x"),
  undefined,
])("is not a lasting refusal: %s", (error) => expect(isRefusedForGood(error)).toBe(false));

test.each([
  ["a lasting refusal", errorWith(403), true],
  ["a busy service", errorWith(429), true],
  ["a conflict", errorWith(409), true],
  ["a closed connection", errorWith(undefined, "LYC1204"), true],
  ["a failure", errorWith(500), false],
  ["a time-out", errorWith(undefined, "LYC1203"), false],
  ["an error of another kind", Object.assign(new Error("x"), { code: "LYC1204", status: 429 }), false],
])("whether a list is a gap after %s: %s", (_, error, expected) => expect(isGap(error)).toBe(expected));

test.each([
  [errorWith(307, "LYC1109"), "answered with a redirect (307)"],
  [errorWith(undefined, "LYC1111"), "answered more than 8 MB"],
  [errorWith(200, "LYC1111"), "answered 200 in a shape that is not known"],
  [errorWith(503), "answered 503"],
  [errorWith(undefined, "LYC1203"), "gave no answer in time"],
  [errorWith(undefined, "LYC1204"), "closed the connection before its answer was complete"],
  [errorWith(undefined, "LYC1102"), "answered nothing usable"],
])("an answer in words: %s", (error, words) => expect(answerInWords(error)).toBe(words));

test("the comments of capability.ts and abort-step.ts have a table with every status of a lasting refusal", () => {
  const all = Array.from({ length: 300 }, (_, index) => 300 + index);
  const refused = all.filter((status) => isRefusedForGood(errorWith(status)));
  const read = (name: string) => readFileSync(join(__dirname, name), "utf8");
  expect(read("capability.ts")).toContain(`\n * | ${refused.join(", ")} `);
  // After an abort, 404 has a row of its own.
  expect(read("abort-step.ts")).toContain(
    `\n * | ${refused.filter((status) => status !== 404).join(", ")}, a redirect |`,
  );
});

/** Calls that no run depends on: measurements, facts about the account, and the bucket. */
const WITHOUT_GUARANTEE: readonly OperationName[] = [
  "getExecutionTiming",
  "getExecutionMetrics",
  "getAvailableHardware",
  "getUserStatus",
  "createStorageCredentials",
];

test("each call of operations.ts, except the start, has a guarantee in capability.ts or is in `WITHOUT_GUARANTEE`", () => {
  const guaranteed = Object.values(GUARANTEES).map(({ operation }) => operation);
  const known = ["startComposeExecution", ...guaranteed, ...WITHOUT_GUARANTEE];
  expect(Object.keys(OPERATIONS).sort()).toEqual(known.sort());
});

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/explanation/lifecycle.md"), "utf8");

const files = ["docs", "provider/lyceum", "provider/lifecycle", "emulator/src/executions"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
);
// A decision may also name a call that the provider does not use.
const pages = files.filter((file) => /(?<!test)\.(?:md|ts)$/.test(file) && !file.includes("/decisions/"));
/** Calls of Lyceum's API. `/_emulator` has calls that only the emulator has. */
const CALL = /\b(?:GET|POST|PUT|DELETE) \/(?!_emulator)[\w{}/-]+/g;

test("each call that a page or a comment names is in operations.ts", () => {
  const known = Object.keys(OPERATIONS).map((id) => nameOfOperation(id as OperationName));
  const named = pages.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(CALL)].map(([call]) => ({ file, call })),
  );
  expect(named.filter(({ call }) => !known.includes(call))).toEqual([]);
  expect(named.length).toBeGreaterThan(0);
});

test("docs/explanation/lifecycle.md has the table of calls and guarantees", () => {
  const rows = Object.entries(GUARANTEES).map(
    ([call, { gives, without }]) => `| \`${nameOfCall(call as OptionalCall)}\` | ${gives} | ${without} |`,
  );
  const table = ["| call | adds | without it |", "|---|---|---|", ...rows].join("\n");
  expect(page).toContain(`<!-- table: GUARANTEES -->\n${table}\n<!-- end -->`);
});
