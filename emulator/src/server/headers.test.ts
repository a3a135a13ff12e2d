import { isAuthorized, shownHeaders } from "./headers";
import { readBody } from "./request-body";
import { RequestLog } from "./request-log";

test.each([
  ["the key", "Bearer lk_1", true],
  ["the key after a word in small letters and several spaces", "bearer   lk_1", true],
  ["another key", "Bearer lk_2", false],
  ["the key of another scheme", "Basic lk_1", false],
  ["two keys", "Bearer lk_1 lk_1", false],
  ["no key", undefined, false],
])("a request with %s", (_what, authorization, expected) => {
  expect(isAuthorized({ authorization }, "lk_1")).toBe(expected);
});

test("the headers in the log have no credentials, and those that were not sent are not in it", () => {
  const headers = { authorization: "Bearer lk_1", "x-amz-security-token": "token", host: "h" };
  expect(shownHeaders(headers)).toEqual({ authorization: "Bearer", "x-amz-security-token": "", host: "h" });
  expect(Object.keys(shownHeaders({ host: "h" }))).toEqual(["host"]);
});

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
test.each<[string, string | undefined, string | undefined, unknown]>([
  ["nothing", undefined, undefined, { kind: "none" }],
  ["an empty text", "", "application/json", { kind: "none" }],
  ["JSON", '{"a":1}', "application/json; charset=utf-8", { kind: "read", value: { a: 1 } }],
  ["JSON of another kind", "1", "application/problem+json", { kind: "read", value: 1 }],
  ["JSON without a type", "null", undefined, { kind: "read", value: null }],
  ["a text", "{", "text/plain", { kind: "read", value: "{" }],
  ["lists in 101 lists", nested(101), undefined, { kind: "read", value: JSON.parse(nested(101)) }],
  [
    "lists in 102 lists",
    nested(102),
    undefined,
    { kind: "malformed", detail: expect.objectContaining({ loc: ["body"] }) },
  ],
  [
    "more than JSON",
    '{"a":1}}',
    undefined,
    { kind: "malformed", detail: expect.objectContaining({ loc: ["body", 7] }) },
  ],
])("the body of a request is %s", (_what, text, type, expected) => {
  expect(readBody(text, type)).toEqual(expected);
});

test("the log has the last 10 000 requests, and numbers go on after it is cleared", () => {
  const log = new RequestLog();
  const add = () =>
    log.add({ at: "", operation: null, method: "GET", path: "/", query: {}, headers: {}, authorized: true });
  expect(add()).toMatchObject({ index: 0, body: null, status: null });
  for (let count = 1; count < 10_000; count++) add();
  expect([log.all().length, log.all()[0]?.index]).toEqual([10_000, 0]);
  add();
  expect([log.all().length, log.all()[0]?.index]).toEqual([10_000, 1]);
  log.clear();
  add();
  expect(log.all().map(({ index }) => index)).toEqual([10_001]);
});
