import { parseFault } from "./parse";

const operations = ["getExecution"];
const status = (headers: unknown) => parseFault({ fault: { kind: "status", status: 200, headers } }, operations).kind;

test("an operation that is not a text is refused, whatever its toString does", () => {
  const parsed = parseFault({ operation: { toString: {} }, fault: { kind: "reset" } }, operations);
  expect(parsed).toEqual({ kind: "wrong", reasons: ["operation must be * or one of getExecution"] });
});

test.each([{ "a b": "x" }, { "": "x" }, { "x\n": "y" }, { x: "a\r\nb: c" }, { x: "\u0100" }, { x: 1 }, ["x"]])(
  "headers that cannot be sent are refused when they are injected: %j",
  (headers) => expect(status(headers)).toBe("wrong"),
);

test("headers that can be sent are accepted", () => expect(status({ "retry-after": "5", x: "" })).toBe("fault"));

test("a delay that no timer can wait for is refused", () => {
  expect(parseFault({ fault: { kind: "delay", seconds: 3_000_000 } }, operations).kind).toBe("wrong");
});
