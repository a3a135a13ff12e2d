import fc from "fast-check";
import { type Canary, describeSightings, formsOf, scan } from "./canaries";

const password: Canary = { name: "docker_password", value: 'pw-canary/7f+&=% <q>"é' };

/** Texts that reveal one canary, in every form that a tool might use. The scan has to find each. */
const leaks: readonly [form: string, leak: (value: string) => string][] = [
  ["plain text", (value) => `error: cannot log in with ${value}.`],
  ["JSON", (value) => JSON.stringify({ password: value })],
  ["JSON inside JSON", (value) => JSON.stringify({ body: JSON.stringify({ password: value }) })],
  ["Go's JSON", (value) => goJson({ password: value })],
  ["Go's JSON inside Go's JSON", (value) => goJson({ body: goJson({ password: value }) })],
  ["a query", (value) => `https://example.test/?a=1&token=${encodeURIComponent(value)}&b=2`],
  ["a form", (value) => new URLSearchParams({ user: "someone", password: value }).toString()],
  ["a lower-case query", (value) => encodeURIComponent(value).replace(/%../g, (one) => one.toLowerCase())],
  ["hex", (value) => `digest ${Buffer.from(value).toString("hex")}`],
  ["upper-case hex", (value) => Buffer.from(value).toString("hex").toUpperCase()],
  ["base64", (value) => Buffer.from(value).toString("base64")],
  ["basic authorisation", (value) => `Basic ${Buffer.from(`someone:${value}`).toString("base64")}`],
  ["base64 one byte in", (value) => Buffer.from(`a${value}z`).toString("base64")],
  ["base64 two bytes in", (value) => Buffer.from(`ab${value}yz`).toString("base64")],
  ["base64url", (value) => Buffer.from(`ab${value}`).toString("base64url")],
];

function goJson(value: object): string {
  return JSON.stringify(value).replace(/[&<>]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
}

test.each(leaks)("the scan finds a canary leaked as %s", (_form, leak) => {
  expect(scan([{ where: "the fixture", text: leak(password.value) }], [password])).not.toEqual([]);
});

test("the scan finds nothing in texts without a leak", () => {
  const text = "a state with ciphertext v1:8fk2Jx: and a password [secret]";
  expect(scan([{ where: "the fixture", text }], [password])).toEqual([]);
});

test("a sighting names text and form, and does not repeat the value", () => {
  const text = describeSightings(
    scan(
      [{ where: "stack export", text: `x ${password.value}` }],
      [{ name: "docker_password", value: password.value }],
    ),
  );
  expect(text).toBe("docker_password (plain) in stack export");
});

test("a short canary is refused", () => {
  expect(() => formsOf("short")).toThrow("12 characters");
});

test("base64 is found with any text around the value", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12 }), fc.uint8Array(), fc.uint8Array(), (value, before, after) => {
      // A single surrogate is lost in UTF-8, so a secret that was sent cannot contain one.
      fc.pre(Buffer.from(value).toString() === value);
      const text = Buffer.concat([before, Buffer.from(value), after]).toString("base64");
      expect(scan([{ where: "here", text }], [{ name: "one", value }])).not.toEqual([]);
    }),
  );
});
