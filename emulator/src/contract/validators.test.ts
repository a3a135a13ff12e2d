import { readContract } from "./document";
import { contractValidators } from "./validators";

const validators = contractValidators(readContract());

function validate(
  id: string,
  parts: { path?: Record<string, string>; query?: Record<string, unknown>; body?: unknown },
) {
  return validators.get(id)?.request({ path: parts.path ?? {}, query: parts.query ?? {}, body: parts.body });
}

test("all errors of a body are reported at once, in FastAPI's shape", () => {
  const result = validate("startComposeExecution", {
    body: {
      timeout: 601,
      graceful_timeout: 0,
      execution_type: "gpu-a100",
      enable_s3_mount: "yes",
      user_callback_urls: [1],
    },
  });
  expect(result).toEqual({
    kind: "invalid",
    details: expect.arrayContaining([
      { loc: ["body", "compose_file_code"], msg: "Field required", type: "missing" },
      { loc: ["body", "timeout"], msg: "Input should be less than or equal to 600", type: "less_than_equal" },
      {
        loc: ["body", "graceful_timeout"],
        msg: "Input should be greater than or equal to 1",
        type: "greater_than_equal",
      },
      {
        loc: ["body", "execution_type"],
        msg: "String should match pattern '^[a-zA-Z0-9_.]+$'",
        type: "string_pattern_mismatch",
      },
      { loc: ["body", "enable_s3_mount"], msg: "Input should be a valid boolean", type: "bool_type" },
      { loc: ["body", "user_callback_urls", 0], msg: "Input should be a valid string", type: "string_type" },
    ]),
  });
  expect(result?.kind === "invalid" && result.details).toHaveLength(6);
});

test("unknown body fields are accepted", () => {
  const body = { compose_file_code: "x", run_name: "r", labels: ["a"], metadata: { a: "b" } };
  expect(validate("startComposeExecution", { body })).toEqual({
    kind: "valid",
    request: { path: {}, query: {}, body },
  });
});

test.each([undefined, null, [], "text", 3])("the body %p is refused", (body) => {
  expect(validate("startComposeExecution", { body })?.kind).toBe("invalid");
});

test("query parameters are read as numbers, with the contract's defaults", () => {
  const path = { execution_id: "local-1" };
  expect(validate("getExecutionLogs", { path, query: { hours: "168" } })).toEqual({
    kind: "valid",
    request: { path, query: { limit: 1000, hours: 168 }, body: {} },
  });
  expect(validate("getExecutionLogs", { path, query: { limit: "many", hours: "169" } })).toEqual({
    kind: "invalid",
    details: [
      { loc: ["query", "limit"], msg: "Input should be a valid integer", type: "int_type" },
      { loc: ["query", "hours"], msg: "Input should be less than or equal to 168", type: "less_than_equal" },
    ],
  });
});

test("an answer that the contract does not allow is reported", () => {
  const start = validators.get("startComposeExecution");
  expect(start?.answer(200, { execution_id: "a", status: "pending", streaming_url: "u" })).toBeUndefined();
  expect(start?.answer(200, { execution_id: "a", status: "pending" })).toMatch(/startComposeExecution.*streaming_url/);
  expect(start?.answer(503, { detail: "down" })).toBeUndefined();
  expect(start?.answer(503, "down")).toMatch(/answer 503/);
});

test("of all operations, only the one for liveness needs no key, and a path needs its run", () => {
  const { operations } = readContract();
  expect(operations.filter(({ secured }) => !secured).map(({ id }) => id)).toEqual(["ping"]);
  for (const { id, path } of operations) {
    const needsRun = path.includes("{execution_id}");
    const body = { compose_file_code: "x" };
    expect([id, validate(id, { body })?.kind]).toEqual([id, needsRun ? "invalid" : "valid"]);
    expect(validate(id, { path: { execution_id: "local-1" }, body })?.kind).toBe("valid");
  }
  expect(operations.filter(({ body }) => body !== undefined).map(({ id }) => id)).toEqual(["startComposeExecution"]);
});

test("of a parameter that is given twice, the last value counts", () => {
  const path = { execution_id: "local-1" };
  expect(validate("getExecutionLogs", { path, query: { hours: ["many", "2"] } })).toMatchObject({
    request: { query: { hours: 2 } },
  });
});
