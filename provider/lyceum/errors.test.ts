import { inspect } from "node:util";
import { createRedactor } from "../secrets";
import { codeOf, describeCause, LyceumError } from "./errors";

const TOKEN = "opaque-canary-token";
const SPELLINGS = [TOKEN, Buffer.from(TOKEN).toString("base64"), encodeURIComponent(TOKEN)];

describe("LyceumError", () => {
  const make = () =>
    new LyceumError({
      code: "LYC1108",
      message: `The service failed: ${SPELLINGS.join(" ")}`,
      status: 500,
      operation: "getExecution",
      cause: Object.assign(new Error(`socket to ${TOKEN}`), { code: "ECONNRESET", headers: { authorization: TOKEN } }),
      redact: createRedactor([TOKEN]),
    });

  test("holds no secret, however it is printed", () => {
    const error = make();
    const printed = [error.message, error.stack, String(error), JSON.stringify(error), inspect(error, { depth: 9 })];
    for (const text of printed) for (const spelling of SPELLINGS) expect(text).not.toContain(spelling);
    expect(error.cause?.message).toBe("socket to [redacted]");
    expect(error.cause).toHaveProperty("code", "ECONNRESET");
  });

  test("shows no stack trace unless LYCEUM_DEBUG asks for it", () => {
    const before = process.env.LYCEUM_DEBUG;
    try {
      delete process.env.LYCEUM_DEBUG;
      expect(make().stack).toMatch(/^LYC1108: The service failed: [^\n]*$/);
      process.env.LYCEUM_DEBUG = "1";
      expect(make().stack).toMatch(/^LYC1108: [^\n]*\n\s+at /);
    } finally {
      if (before === undefined) delete process.env.LYCEUM_DEBUG;
      else process.env.LYCEUM_DEBUG = before;
    }
  });

  test("is recognised across two loaded copies", () => {
    let Other: typeof LyceumError = LyceumError;
    jest.isolateModules(() => {
      Other = (jest.requireActual("./errors") as { LyceumError: typeof LyceumError }).LyceumError;
    });
    expect(Other).not.toBe(LyceumError);
    const foreign = new Other({ code: "LYC1001", message: "no token" });
    expect(foreign).not.toBeInstanceOf(LyceumError);
    expect(LyceumError.isInstance(foreign)).toBe(true);
  });

  test.each([undefined, null, "LYC1001", {}, new Error("LYC1001")])("does not accept %p as its own", (value) => {
    expect(LyceumError.isInstance(value)).toBe(false);
  });

  test.each([
    ["a text", "text", "text"],
    ["what is no error", { message: "m" }, "an unknown cause"],
    ["an error without a text", new TypeError(""), "TypeError"],
    ["an error with a text and others", new AggregateError([new Error("other")], "own"), "own"],
    ["an error of no others", new AggregateError([], ""), "AggregateError"],
  ])("the text of a cause that is %s", (_, cause, text) => expect(describeCause(cause)).toBe(text));

  test.each([
    [{ code: "ECONNREFUSED" }, "ECONNREFUSED"],
    [{ code: 7 }, undefined],
    [null, undefined],
    ["ECONNREFUSED", undefined],
    [undefined, undefined],
  ])("the code of %j is %s", (cause, code) => expect(codeOf(cause)).toBe(code));

  test("an error may have no cause", () => {
    for (const cause of [undefined, null]) {
      expect(new LyceumError({ code: "LYC1201", message: "m", cause })).not.toHaveProperty("cause.message");
    }
  });

  test("an error of many addresses has the text of the first address", () => {
    const cause = new AggregateError([new Error("connect ECONNREFUSED ::1:80"), new Error("second")], "");
    expect(new LyceumError({ code: "LYC1201", message: "m", cause }).cause?.message).toBe(
      "connect ECONNREFUSED ::1:80",
    );
  });
});
