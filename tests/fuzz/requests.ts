import fc from "fast-check";
import { API_KEY, BASE_PATH } from "../stress/emulator-process";
import type { ContractOperation } from "./contract";
import type { PlainRequest } from "./http";
import { methodOf, pathOf, queryOf } from "./request-line";
import { anyJson, anyText, fromSchema } from "./values";

const scripts = fc.constantFrom(
  "services: {a: {image: b}}\nx-lyceum-sim: {start: 0, run: 0.05}",
  "services: {a: {image: b}}\nx-lyceum-sim: {queue: 0.05, run: 0.1, exitCode: 3, output: [a, {line: b, stream: stderr}]}",
  "services: {a: {image: b}}\nx-lyceum-sim: {startError: no}",
  "services: {a: {image: b}, c: {image: d, x-lyceum-sim: {run: 0.01, ignoreSignal: true}}}\nx-lyceum-sim: {run: 0.1, stopTakes: 0}",
  "services: {a: {image: b}}\nx-lyceum-sim: {run: -1, what: ever}",
);

/** Compose texts that once took, or might take, a reader of YAML far more than their share. */
const heavyTexts = fc.constantFrom(
  "[".repeat(50_000),
  "- ".repeat(50_000),
  "&a ".repeat(20_000),
  "!!str ".repeat(20_000),
  Array.from({ length: 8_000 }, (_, i) => `k${i}: 1`).join("\n"),
  `a: &a [1]\nb: [${"*a,".repeat(5_000)}]`,
  `services: {a: {image: b}}\nx: |\n${" y\n".repeat(20_000)}`,
);

const composeText = fc.oneof(
  { weight: 24, arbitrary: scripts },
  { weight: 6, arbitrary: anyText },
  { weight: 1, arbitrary: heavyTexts },
);

function bodyOf(operation: ContractOperation): fc.Arbitrary<string | undefined> {
  const schema = operation.body;
  const some: fc.Arbitrary<string> =
    schema === undefined
      ? anyJson.map((value) => JSON.stringify(value))
      : fc
          .tuple(fromSchema(schema), composeText, fc.constantFrom("cpu", "gpu.a100", "gpu.none", undefined))
          .map(([body, text, machine]) =>
            JSON.stringify(
              typeof body === "object" && body !== null && "compose_file_code" in body
                ? {
                    ...body,
                    ...(typeof body.compose_file_code === "string" ? { compose_file_code: text } : {}),
                    ...(machine === undefined ? {} : { execution_type: machine }),
                  }
                : body,
            ),
          );
  return fc.oneof(
    { weight: schema === undefined ? 1 : 30, arbitrary: some },
    { weight: schema === undefined ? 12 : 1, arbitrary: fc.constant(undefined) },
    // Broken JSON, and things that are no JSON.
    { weight: 2, arbitrary: some.chain((text) => fc.nat(text.length).map((at) => text.slice(0, at))) },
    { weight: 2, arbitrary: anyText },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "[".repeat(100_000),
        '{"a":'.repeat(20_000),
        `"${"x".repeat(2_000_000)}"`,
        "9".repeat(50_000),
      ),
    },
  );
}

const contentTypes = fc.oneof(
  { weight: 20, arbitrary: fc.constant<string | undefined>("application/json") },
  {
    weight: 4,
    arbitrary: fc.constantFrom<string | undefined>(
      undefined,
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/json; charset=utf-16",
      "application/problem+json",
      "APPLICATION/JSON",
      "json",
      ";",
      "a/b;c=\u00ff",
    ),
  },
);

const headerText = fc
  .string({
    unit: fc
      .integer({ min: 32, max: 255 })
      .filter((code) => code !== 127)
      .map((code) => String.fromCharCode(code)),
    maxLength: 60,
  })
  .map((text) => text.trim());

const oddHeaders = fc.dictionary(
  fc.constantFrom(
    "x-org-slug",
    "accept",
    "accept-encoding",
    "cookie",
    "range",
    "if-none-match",
    "x-forwarded-host",
    "x-http-method-override",
    "content-encoding",
    "referer",
    "expect-ct",
    "constructor",
    "__proto__x",
  ),
  fc.oneof<fc.Arbitrary<string | readonly string[]>[]>(
    headerText,
    fc.array(headerText, { minLength: 1, maxLength: 3 }),
    fc.constant("h".repeat(7_000)),
  ),
  { maxKeys: 2 },
);

const authorizations = fc.oneof(
  { weight: 40, arbitrary: fc.constant<string | undefined>(`Bearer ${API_KEY}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<string | undefined>(
      undefined,
      "Bearer",
      "Bearer lk_wrong",
      `Basic ${API_KEY}`,
      API_KEY,
      "Bearer \u00e9",
    ),
  },
);

const hosts = fc.oneof(
  { weight: 40, arbitrary: fc.constant<Record<string, string>>({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { host: "localhost" },
      { host: "[::1]:80" },
      { host: "evil.example" },
      { host: "127.0.0.1.evil.example" },
      { origin: "null" },
      { origin: "http://evil.example" },
      { origin: "http://127.0.0.1:3000" },
    ),
  },
);

/** A request together with the operation it means, if any. */
export interface FuzzedRequest extends PlainRequest {
  /** Whether it says that it comes from elsewhere. */
  readonly foreign: boolean;
}

/** Requests of every operation, mostly nearly right. */
export function contractRequest(operations: readonly ContractOperation[]): fc.Arbitrary<FuzzedRequest> {
  const starts = operations.filter((operation) => operation.body !== undefined);
  return fc
    .oneof(
      { weight: 5, arbitrary: fc.constantFrom(...operations) },
      { weight: 1, arbitrary: fc.constantFrom(...starts) },
    )
    .chain((operation) =>
      fc.tuple(
        methodOf(operation),
        pathOf(operation),
        queryOf(operation),
        bodyOf(operation),
        contentTypes,
        authorizations,
        hosts,
        oddHeaders,
      ),
    )
    .map(([method, path, query, body, contentType, authorization, host, headers]) => ({
      method,
      path: BASE_PATH + path + query,
      headers: {
        ...headers,
        ...host,
        ...(contentType === undefined || body === undefined ? {} : { "content-type": contentType }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(body === undefined ? {} : { body }),
      foreign: Object.values(host).some((value) => value.includes("evil") || value === "null"),
    }));
}
