import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { ContractOperation } from "./contract";
import { anyJson, anyText, fromSchema } from "./values";

/** The answer to one request, from a service or from a gateway before it. */
export type FuzzedAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
    }
  /** The connection breaks after the headers and a part of the body. */
  | { readonly kind: "cut"; readonly status: number; readonly body: Buffer }
  /** The connection breaks before any byte arrives. */
  | { readonly kind: "broken" }
  /** No answer ever arrives. */
  | { readonly kind: "silence" };

/** Secrets that the service has received. The service may repeat them in these spellings. */
export const CANARIES = {
  token: "canary+token/of=fuzz-3f9a",
  password: "canary pass  word!&<5d2>",
  accessKeyId: "canary-access-key-77",
  secretAccessKey: "canary/secret+key==81",
  sessionToken: 'canary "session" 93\\x',
} as const;

const spellings: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => JSON.stringify(secret).slice(1, -1),
  (secret) => encodeURIComponent(secret),
  (secret) => Buffer.from(secret).toString("base64"),
  (secret) => Buffer.from(`user:${secret}`).toString("base64"),
  (secret) => `https://user:${secret}@host.example/?token=${secret}`,
];

const leak = fc
  .tuple(fc.constantFrom(...Object.values(CANARIES)), fc.constantFrom(...spellings))
  .map(([secret, spell]) => spell(secret));

const status = fc.oneof(
  { weight: 10, arbitrary: fc.constant(200) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 425, 429, 500, 501, 502, 503, 504),
  },
  { weight: 2, arbitrary: fc.constantFrom(201, 202, 204, 206, 299, 300, 301, 302, 304, 307, 308) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 999 }) },
);

const headers = fc.record(
  {
    "content-type": fc.constantFrom("application/json", "text/html", "application/octet-stream", "x"),
    "retry-after": fc.constantFrom(
      ...["0", "1", "5", "-1", "1e9", "999999999", "99999999999999", "NaN", "", "soon", "5 minutes", "1,2", "0.001"],
      ...["Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 21 Oct 1999 07:28:00 GMT", "Xyz, 99 Foo 2020 GMT"],
    ),
    location: fc.oneof(
      fc.constantFrom(
        "/",
        "//evil.example",
        "https://evil.example/x",
        "javascript:alert(1)",
        "::",
        "http://[",
        "data:,x",
      ),
      leak.map((secret) => `https://evil.example/?q=${encodeURI(secret.replace(/[\ud800-\udfff]/g, ""))}`),
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;

/** Replaces texts in a JSON value by texts with a secret. */
function leakInto(value: unknown, secret: string, every: number): unknown {
  let met = 0;
  const walk = (one: unknown): unknown => {
    if (typeof one === "string") return met++ % every === 0 ? `${one.slice(0, 30)} ${secret} ${one.slice(30)}` : one;
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, entry]) => [key, walk(entry)]));
  };
  return walk(value);
}

function jsonBody(operation: ContractOperation): fc.Arbitrary<string> {
  const schemas = Object.values(operation.answers);
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...schemas.map((schema) => fromSchema(schema, 0.06))) },
    { weight: 1, arbitrary: anyJson },
    { weight: 2, arbitrary: failureBody },
  );
  return fc
    .tuple(value, fc.option(fc.tuple(leak, fc.integer({ min: 1, max: 4 })), { freq: 2 }))
    .map(([json, put]) => JSON.stringify(put === null ? json : leakInto(json, put[0], put[1])) ?? "null");
}

const failureBody = fc.oneof(
  fc.record({ detail: anyText }),
  fc.record({
    detail: fc.array(
      fc.record({
        loc: fc.array(fc.oneof(fc.constantFrom("body", "execution_type", "timeout"), fc.nat(3))),
        msg: anyText,
        type: anyText,
        input: anyJson,
      }),
    ),
  }),
  fc.record({ error: anyJson }),
  fc.record({ detail: fc.constantFrom("Machine type 'x' is not available", "hardware_profile unknown", "gpu!") }),
  fc.record({ message: anyText, detail: anyJson }),
);

/** The page of a gateway. It has a secret at the position where a summary would be cut. */
const page = fc
  .tuple(
    fc.integer({ min: 0, max: 400 }),
    leak,
    fc.constantFrom(
      (text: string) => `<html><head><title>${text}</title></head><body>502</body></html>`,
      (text: string) => `<html><body><h1>${text}</h1>\n\n<p>sorry</p></body></html>`,
      (text: string) => `<script>var x = "${text}";</script>gone`,
      (text: string) => `<a href="${text}">here</a>`,
      (text: string) => `<<<<<div ${text}`,
    ),
  )
  .map(([before, secret, pageOf]) => pageOf(`${"word ".repeat(80).slice(0, before)}${secret} and more`));

/** A text that contains a secret and is not JSON. */
const other = fc.tuple(fc.constantFrom("", '{"detail":"'), anyText, leak, anyText).map((parts) => parts.join(""));

function bodyOf(operation: ContractOperation): fc.Arbitrary<Buffer> {
  const texts: fc.Arbitrary<string | Uint8Array> = fc.oneof(
    { weight: 24, arbitrary: jsonBody(operation) },
    { weight: 6, arbitrary: page },
    { weight: 6, arbitrary: other },
    { weight: 1, arbitrary: jsonBody(operation).map((text) => gzipSync(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: fc.constantFrom("", "null", "[]", "{}", "\ufeff{}", "0", '""', "[".repeat(20_000)) },
  );
  return texts.map((body) => Buffer.from(body as string));
}

/** Long bodies. They are used in one of ten cases, so that the test stays short. */
const longBody = fc
  .tuple(
    fc.nat(9),
    fc.constantFrom(
      () => "x".repeat(9 * 1024 * 1024),
      () => JSON.stringify({ status: "s".repeat(3_000_000), execution_id: "i".repeat(1_000_000) }),
      () => JSON.stringify({ detail: `${"d".repeat(990)}${CANARIES.token}${"d".repeat(2_000_000)}` }),
      () => JSON.stringify(Array.from({ length: 20_000 }, (_, i) => ({ execution_id: `i${i}`, status: "running" }))),
      () => `<html>${"<".repeat(2_000_000)}`,
    ),
  )
  .map(([die, make]) => Buffer.from(die === 0 ? make() : "{}"));

/** Answers to one operation. */
export function answerTo(operation: ContractOperation): fc.Arbitrary<FuzzedAnswer> {
  const body = bodyOf(operation);
  const answer = fc.constant("answer" as const);
  return fc.oneof(
    { weight: 60, arbitrary: fc.record({ kind: answer, status, headers, body }) },
    { weight: 1, arbitrary: fc.record({ kind: answer, status, headers: fc.constant({}), body: longBody }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("cut" as const), status, body }) },
    { weight: 3, arbitrary: fc.constant({ kind: "broken" } as const) },
    { weight: 2, arbitrary: fc.constant({ kind: "silence" } as const) },
  );
}
