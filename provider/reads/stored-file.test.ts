import { secretsOfFunction } from "../schema";
import { UNKNOWN_TEXT } from "../schema/wire-forms";
import { memoryBucket } from "../storage/testing/memory-bucket";
import { answerFunction } from "./answer";
import { valueIn } from "./stored-file";
import { clientWith } from "./testing/client";

const bucket = memoryBucket({ "out/metrics.json": '{"loss": 0.1}', "out/log": "hello\n" });
const read = (given: object) =>
  answerFunction(
    "getStoredFile",
    { ...given },
    () => clientWith({}),
    undefined,
    () => bucket,
  );

test("a file is read by its key, and JSON is a value", async () => {
  expect(await read({ key: "out/metrics.json" })).toMatchObject({
    kind: "result",
    result: { key: "out/metrics.json", bytes: 13, text: '{"loss": 0.1}', json: { loss: 0.1 } },
  });
  const { result } = (await read({ key: "out/log" })) as { result: object };
  expect(result).toMatchObject({ text: "hello\n" });
  expect(result).not.toHaveProperty("json");
});

test("an artifact is read only as the run has left it", async () => {
  const found = await read({ key: "out/log" });
  if (found.kind !== "result") throw new Error("the file was not read");
  const { key, etag, bytes } = found.result;
  expect(await read({ artifact: { key, etag, bytes } })).toEqual(found);
  await expect(read({ artifact: { key, etag: "other" } })).rejects.toThrow("LYC6022");
});

test.each([
  [{}, ["LYC4010: key or artifact must be given, and not more than one."]],
  [{ key: "a", artifact: { key: "a", etag: "e" } }, ["LYC4010: key or artifact must be given, and not more than one."]],
  [{ artifact: "a" }, ['LYC4010: artifact must be an object with the fields key and etag, not "a".']],
  [{ key: "a", secret: "yes" }, ['LYC4010: secret must be true or false, not "yes".']],
])("%j is refused", async (given, reasons) => {
  const answer = await read(given);
  expect(answer.kind === "failures" && answer.failures.map(({ reason }) => reason)).toEqual(reasons);
});

test.each([
  ["[1, true, null]", [1, true, null]],
  ["text", undefined],
  ["1e999", undefined],
  ['{"__proto__": 1}', undefined],
  [`["${UNKNOWN_TEXT}"]`, undefined],
  ['"\\ud800"', undefined],
  [`${"[".repeat(40)}${"]".repeat(40)}`, undefined],
])("the value in %s", (text, expected) => {
  expect(valueIn(text)).toEqual(expected);
});

test("the content is secret if the program asks for it", () => {
  expect(secretsOfFunction("getStoredFile", { secret: true })).toEqual(["text", "json"]);
  expect(secretsOfFunction("getStoredFile", { secret: false })).toEqual([]);
  expect(secretsOfFunction("getExecutionLogs")).toEqual(["lines", "text"]);
});

test("JSON counts as a value up to 32 levels", () => {
  const nested = (levels: number) => `${"[".repeat(levels)}1${"]".repeat(levels)}`;
  expect(JSON.stringify(valueIn(nested(32)))).toBe(nested(32));
  expect(valueIn(nested(33))).toBeUndefined();
});
