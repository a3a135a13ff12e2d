import fc from "fast-check";
import type { Schema } from "./contract";

/** Texts that often cause errors in programs. */
const oddTexts = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "x\udfff",
  "\u202e\u200b\ufeff",
  "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
  "../../etc/passwd",
  "%00%ff%",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "NaN",
  "1e400",
  "-0",
  "$(id)`id`",
  "'\"<script>&amp;",
  "\u{1f4a9}".repeat(50),
  "a".repeat(5_000),
] as const;

/** A text: ordinary, unusual, of any code units, or long. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string() },
  { weight: 3, arbitrary: fc.constantFrom<string>(...oddTexts) },
  { weight: 2, arbitrary: fc.string({ unit: "binary" }) },
  // Single surrogates, which UTF-8 cannot express.
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0xd700, max: 0xe000 }), { maxLength: 5 })
      .map((codes) => String.fromCharCode(...codes)),
  },
);

const anyNumber = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 31, 4294967296, 1.5),
);

/** Any JSON value, with few or many levels. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }) },
  { weight: 3, arbitrary: anyText },
  { weight: 2, arbitrary: anyNumber },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null]) },
  { weight: 1, arbitrary: fc.integer({ min: 50, max: 400 }).map((depth) => nested(depth)) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom("__proto__", "constructor", "toString", "valueOf", "toJSON", "then"),
      fc.jsonValue({ maxDepth: 1 }),
    ),
  },
);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/**
 * Values that a schema allows, and some that it does not allow. `wrong` is the share of the second kind, from 0 to 1.
 */
export function fromSchema(schema: Schema, wrong = 0.08): fc.Arbitrary<unknown> {
  const right = rightOf(schema, wrong);
  const share = Math.round(wrong * 100);
  return share === 0
    ? right
    : fc.oneof({ weight: 100 - share, arbitrary: right }, { weight: share, arbitrary: anyJson });
}

function rightOf(schema: Schema, wrong: number): fc.Arbitrary<unknown> {
  const types: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.length > 1) return fc.oneof(...types.map((type) => rightOf({ ...schema, type }, wrong)));
  switch (types[0]) {
    case "object": {
      const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>);
      const known = Object.fromEntries(properties.map(([name, one]) => [name, fromSchema(one, wrong)]));
      const required = wrong === 0 ? ((schema.required ?? []) as string[]) : [];
      // Most properties are present, some are missing, and sometimes there is an unknown one.
      return fc
        .record(
          Object.fromEntries(
            Object.entries(known).map(([name, one]) =>
              required.includes(name) ? [name, one] : [name, fc.option(one, { freq: 12, nil: undefined })],
            ),
          ),
        )
        .chain((value) =>
          fc
            .dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 })
            .map((more) => ({ ...more, ...dropUndefined(value) })),
        );
    }
    case "array":
      return fc.array(fromSchema((schema.items ?? {}) as Schema, wrong), { maxLength: 5 });
    case "string":
      return schema.pattern === undefined
        ? anyText
        : fc.stringMatching(new RegExp(String(schema.pattern)), { size: "small" });
    case "integer": {
      const minimum = Number(schema.minimum ?? -5);
      const maximum = Number(schema.maximum ?? minimum + 1000);
      return fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: minimum, max: maximum }) },
        { weight: 1, arbitrary: fc.constantFrom(minimum, maximum, ...(wrong === 0 ? [] : [minimum - 1, maximum + 1])) },
      );
    }
    case "number":
      return anyNumber;
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return anyJson;
  }
}

function dropUndefined(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
