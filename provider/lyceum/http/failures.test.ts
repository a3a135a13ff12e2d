import { createRedactor } from "../../secrets";
import { answerError, failureError, unreadableError } from "./failures";
import { asksForSameRequest } from "./retry";

const context = {
  operation: "listWorkloads",
  baseUrl: "https://api.test/api/v2/external",
  tokenSource: "LYCEUM_API_KEY",
  redact: createRedactor(["canary-secret"]),
  attempts: 1,
} as const;
const start = { ...context, operation: "startComposeExecution" } as const;

test.each([
  ["to another path", "/elsewhere", "(302) to another path, which is not followed"],
  ["to another path, with the whole address", "https://api.test/x", "(302) to another path, which"],
  ["to another host, whose path is not shown", "https://other.test/x?token=y", "(302) to https://other.test, which"],
  ["to no valid address", "https://", "(302), which"],
  ["without an address", undefined, "(302), which"],
])("a redirect %s", (_, location, text) => {
  const error = answerError(context, { status: 302, body: "", ...(location === undefined ? {} : { location }) });
  expect([error.code, error.message]).toEqual(["LYC1109", expect.stringContaining(text)]);
  expect(error.message).not.toContain("token");
});

test.each([
  [
    "a start, whose field the service names",
    start,
    422,
    { detail: [{ loc: ["body", "execution_type"], msg: "m" }] },
    "LYC1105",
  ],
  [
    "a start, about another field",
    start,
    422,
    { detail: [{ loc: ["body", "timeout"], msg: "no machine" }] },
    "LYC1104",
  ],
  ["a start, in words", start, 404, { detail: "no such machine" }, "LYC1105"],
  ["a start, in other words", start, 404, { detail: "no such route" }, "LYC1103"],
  ["a start, with a status that is not about its arguments", start, 402, { detail: "no machine" }, "LYC1106"],
  ["another call", context, 404, { detail: "no such machine" }, "LYC1103"],
])("a refused machine is an error of its own only for a start: %s", (_, of, status, body, code) => {
  expect(answerError(of, { status, body: JSON.stringify(body) }).code).toBe(code);
});

test.each([
  [401, "https://api.test/api/v2/external refused the API key from LYCEUM_API_KEY (401)"],
  [402, "the account has insufficient credits (402)"],
  [403, "the API key from LYCEUM_API_KEY has no access (403)"],
  [404, "not found at https://api.test/api/v2/external (404)"],
  [409, "the service refused the request (409)"],
  [429, "too many requests (429)"],
  [503, "the service failed (503)"],
])("the message of an answer %d has its reason", (status, reason) => {
  const { message } = answerError(context, { status, body: "" });
  expect(message).toContain(`Listing the active executions failed: ${reason}. `);
});

test("the message of a refused machine has its reason, the wait, and what the service reports, with one full stop", () => {
  const refused = { status: 404, body: '{"detail": "No such machine."}', retryAfterSeconds: 1.2 };
  const error = answerError({ ...start, attempts: 2 }, refused);
  expect(error).toMatchObject({ property: "executionType", retryAfterSeconds: 1.2, reported: "No such machine" });
  expect(error.message).toMatch(
    /^Starting the execution failed \(2 attempts\): the service refused the machine \(404\); the service asks to wait 2 s\. The service reports: No such machine\. Nothing was started\. /,
  );
});

test.each([
  [
    {
      detail: [
        { loc: ["body"], msg: "a" },
        { loc: ["body", "timeout"], msg: "b" },
      ],
    },
    "timeout",
    "Correct the argument",
  ],
  [{ detail: "no" }, undefined, "Correct what the service reports"],
])("the remedy of a start answered 422 %j is about the property %s", (body, property, remedy) => {
  const error = answerError(start, { status: 422, body: JSON.stringify(body) });
  expect([error.property, error.message]).toEqual([property, expect.stringContaining(remedy)]);
});

test.each([
  ['{"message":"canary-secret"}', ' answered 200 with something that cannot be read ("[redacted]").'],
  ["{}", " answered 200 with something that cannot be read. "],
  [`{"message":"${"x".repeat(201)}"}`, ` ("${"x".repeat(200)}").`],
])("an answer that cannot be read shows its text, if there is one: %s", (body, text) => {
  expect(unreadableError(context, 200, body).message).toContain(text);
});

test.each([
  [
    "its code",
    Object.assign(new Error("connect failed"), { code: "ECONNREFUSED" }),
    "Cause: connect failed (ECONNREFUSED).",
  ],
  [
    "its code once",
    Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
    "Cause: connect ECONNREFUSED.",
  ],
  ["its text alone", new Error("socket closed"), "Cause: socket closed."],
])("a cause has %s", (_, cause, text) => {
  expect(failureError(context, { failure: "unreachable", sent: false, cause }, 30).message).toContain(text);
});

test("a failure without a cause names none", () => {
  expect(failureError(context, { failure: "timeout", sent: true }, 30).message).not.toContain("Cause");
});

test.each([
  [301, false],
  [302, false],
  [303, false],
  [307, true],
  [308, true],
  [400, false],
  [undefined, false],
])("the status %s proves that a request was not carried out: %s", (status, proves) => {
  expect(asksForSameRequest(status)).toBe(proves);
});

test.each([
  ["the service", context.baseUrl, /dashboard.*api-keys/, /Check the network/],
  ["this machine", "http://127.0.0.1:4010/api/v2/external", /emulator --env/, /start `npx pulumi-lyceum emulator`/],
  ["a container", "http://emulator:4010/api/v2/external", /LYCEUM_EMULATOR_API_KEY/, /--host 0\.0\.0\.0/],
])("the remedies are those of %s", (_name, baseUrl, ofKey, ofConnection) => {
  const refused = answerError({ ...context, baseUrl }, { status: 401, body: "" });
  const closed = failureError({ ...context, baseUrl }, { failure: "unreachable", sent: false }, 30);
  expect([refused.code, refused.message]).toEqual(["LYC1101", expect.stringMatching(ofKey)]);
  expect([closed.code, closed.message]).toEqual(["LYC1201", expect.stringMatching(ofConnection)]);
  const isLocal = baseUrl !== context.baseUrl;
  for (const { message } of [refused, closed]) expect(/dashboard|the network/.test(message)).toBe(!isLocal);
});
