import fc from "fast-check";
import { timesAsLong } from "../../../compose/testing/times-as-long";
import { createRedactor, REDACTED } from "../../secrets";
import { answerError } from "./failures";

describe("a known secret", () => {
  test("is found at every position, in plain text and in base64", () => {
    const secret = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => text.trim().length >= 8);
    const around = fc.string({ maxLength: 20, unit: fc.constantFrom("<", ">", "#", "é") });
    fc.assert(
      fc.property(secret, around, around, (token, before, after) => {
        const hide = createRedactor([token]);
        expect(hide(before + token + after)).toBe(before + REDACTED + after);
        const encoded = hide(Buffer.from(before + token + after).toString("base64")).replace(REDACTED, "");
        // The texts next to the secret stay. On each side, at most two characters may be lost, if they equal characters
        // of the secret.
        const neighbours = Buffer.byteLength(before) + Buffer.byteLength(after);
        expect(encoded.length).toBeLessThanOrEqual(Math.ceil((neighbours * 4) / 3) + 8);
      }),
    );
  });

  test("is found URL-encoded in lower case, even if nothing marks the word as encoded", () => {
    expect(createRedactor(["s3cr3t/Pass"])("before s3cr3t%2fPass after")).toBe(`before ${REDACTED} after`);
  });

  test("of three characters is redacted only if it is the whole text, so that texts stay readable", () => {
    const redactShort = createRedactor(["abc", ""]);
    expect(redactShort("the abc of it")).toBe("the abc of it");
    expect(redactShort(" abc\n")).toBe(` ${REDACTED}\n`);
  });
});

describe("a text that is secret by its shape", () => {
  const redact = createRedactor([]);

  test.each([
    ["Authorization: Bearer abcdefghijkl", "Authorization: Bearer [redacted]"],
    ["Authorization: Basic cm9ib3Q6cGFzcw==", "Authorization: Basic [redacted]"],
    ['{"authorization":"Bearer abcdefghijkl"}', '{"authorization":"Bearer [redacted]"}'],
    ["authorization=opaque;", "authorization=[redacted];"],
    ["sent Bearer%20abcdefghijkl", "sent Bearer%20[redacted]"],
    ["key lk_live_0123456789 was refused", "key [redacted] was refused"],
    ["jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!", "jwt [redacted]!"],
    ["GET https://robot:hunter2@host/path", "GET https://[redacted]@host/path"],
    ["https://host/stream?id=1&token=abc&x=1", "https://host/stream?id=1&token=[redacted]&x=1"],
    ["AKIAIOSFODNN7EXAMPLE", "[redacted]"],
  ])("%s is redacted", (text, shown) => {
    expect(redact(text)).toBe(shown);
    expect(redact(redact(text))).toBe(shown);
  });

  test.each([
    "service web: image nginx:1.27 not found",
    "basic auth failed",
    "mail me@example.org",
    "a bearer of news",
  ])("is not redacted: %s", (text) => expect(redact(text)).toBe(text));

  test.each(["eyJ-", "lk_", "bearer ", "a://", "authorization: ", "?token=", "%3a%2f%2f", "aGVsbG8gd29ybGQhIQ== "])(
    "hostile text costs linear time: %s",
    (unit) => {
      const redacted = (text: string) => () => void redact(text);
      // The long text is eight times as long as the short one. If redaction took quadratic time, the long text would
      // take sixty-four times as long.
      const [long, short] = [redacted(unit.repeat(20_000)), redacted(unit.repeat(2_500))];
      expect(timesAsLong(long, short, { enough: 16 })).toBeLessThan(24);
    },
  );
});

test("a redirect's host does not show a secret in lower case", () => {
  const redact = createRedactor(["Canary-Secret"]);
  const context = { operation: "listWorkloads", baseUrl: "https://a", tokenSource: "T", redact, attempts: 1 } as const;
  const error = answerError(context, { status: 302, body: "", location: "https://Canary-Secret.example/x" });
  expect(error.message).not.toMatch(/canary-secret/i);
});
