import { createRedactor } from "../../secrets";
import { readFailureBody } from "./failure-body";

const SECRET = "canary-secret";
const redact = createRedactor([SECRET]);

describe("the body of a failure", () => {
  const message = (body: unknown) =>
    readFailureBody(typeof body === "string" ? body : JSON.stringify(body), redact).text;
  test.each<[unknown, string | undefined]>([
    [{ detail: "Not found" }, "Not found"],
    [{ detail: { message: "nested", input: SECRET } }, "nested"],
    [{ detail: ["one", { msg: "two" }] }, "one; two"],
    [{ detail: null, error: "an error" }, "an error"],
    [{ error: { message: "inner" } }, "inner"],
    [{ message: "top" }, "top"],
    [{ detail: `${SECRET} x` }, "[redacted] x"],
    [{ other: SECRET }, undefined],
    [{}, undefined],
    [[], undefined],
    ["", undefined],
    ['"just text"', "just text"],
    ["<html><head><title>502 Bad\nGateway</title></head><body>x</body></html>", "502 Bad Gateway"],
    ["<p>upstream <b>gone</b></p>", "upstream gone"],
    ["no healthy upstream", "no healthy upstream"],
    [`<br>${"x".repeat(301)}`, "x".repeat(300)],
    [`${"<br>".repeat(5000)}beyond 20 000 characters`, undefined],
    [{ detail: " out of order\n" }, "out of order"],
    [{ detail: "x".repeat(1000) }, "x".repeat(1000)],
    [{ detail: "x".repeat(1001) }, `${"x".repeat(1000)}…`],
    [{ detail: Array(21).fill("x") }, Array(20).fill("x").join("; ")],
  ])("%j reads as its message", (body, text) => expect(message(body)).toBe(text));

  test("names arguments, and never the value under `input`", () => {
    const detail = {
      loc: ["body", "docker_password"],
      msg: "Input should be a valid string",
      type: "x",
      input: SECRET,
    };
    const elsewhere = { loc: ["body", "metadata", "a"], msg: "bad", ctx: { given: SECRET } };
    expect(readFailureBody(JSON.stringify({ detail: [detail, elsewhere] }), redact)).toEqual({
      text: "registryCredentials.password: Input should be a valid string; metadata.a: bad",
      details: [
        {
          property: "registryCredentials.password",
          message: "registryCredentials.password: Input should be a valid string",
        },
        { message: "metadata.a: bad" },
      ],
    });
  });

  test("is redacted before it is shortened", () => {
    const text = message({ detail: `${"x".repeat(995)}${SECRET}` }) ?? "";
    expect(text).not.toContain("cana");
  });
});

test("a page that repeats a secret does not show it after white space is folded or the page is cut", () => {
  const known = createRedactor(["pass  word!&<5d2>", "lines\nof a key"]);
  const page = (text: string) => readFailureBody(`<html><title>${text}</title></html>`, known).text ?? "";
  expect(page("pass  word!&amp;&lt;5d2&gt; was sent")).toBe("[redacted] was sent");
  expect(page("lines\nof a key")).toBe("[redacted]");
  for (let before = 280; before < 300; before++)
    expect(page(`${"x".repeat(before)}pass  word!&<5d2>`)).not.toContain("pass");
});

test.each([
  [{ loc: ["body", "metadata", 2, null, "a"], msg: "bad" }, "metadata.2.a: bad"],
  [{ loc: ["body", "metadata"] }, "metadata: was refused"],
  [{ msg: "bad" }, "bad"],
  [{ loc: ["body"] }, undefined],
])("the detail %j reads as its message", (detail, text) => {
  expect(readFailureBody(JSON.stringify({ detail: [detail] }), redact).text).toBe(text);
});
