import fc from "fast-check";
import { type ComposeMapping, type ComposeValue, plainValue } from "../../model/model";
import { LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import { printModel } from "./print-model";
import { holdsSecret, mostPrinted, PrintedModel, withSecretsReplaced } from "./printed-model";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(..."a \n:#'\"\\\u0000\u0085\u2028\u{1f680}"), maxLength: 12 }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 12, depthSize: "large" },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(text, tie("any"), { maxKeys: 3 }),
  ),
})).any;

function heightOf(node: ComposeValue): number {
  if (typeof node !== "object" || node === null) return 0;
  return 1 + Math.max(0, ...Object.values(node).map(heightOf));
}

it("no text is longer than the estimated maximum", () => {
  fc.assert(
    fc.property(fc.dictionary(text, value, { maxKeys: 4 }), (data) => {
      const model = data as ComposeMapping;
      expect(Buffer.byteLength(printModel(model))).toBeLessThanOrEqual(mostPrinted(model, heightOf(model)));
    }),
    { numRuns: 200 },
  );
});

it("reports what is larger than 1 MB", () => {
  const sizes = [10, 1_000, 1_100].map((count) => {
    const model = { "x-a": Array.from({ length: count }, () => "é".repeat(490)) };
    return {
      printed: Buffer.byteLength(printModel(model)),
      large: new PrintedModel(model, heightOf(model)).isTooLarge,
    };
  });
  expect(sizes.map(({ large }) => large)).toEqual([false, false, true]);
  expect(sizes.map(({ printed }) => printed > LARGEST_COMPOSE_TEXT)).toEqual([false, false, true]);
});

describe("values that contain a secret", () => {
  const secret = {
    kind: "scalar",
    value: "x",
    style: "plain",
    span: { start: 0, end: 1 },
    weight: 1,
    height: 0,
  } as const;
  const list = (...items: (typeof secret | (typeof secret & { secret: true }))[]) =>
    ({ kind: "sequence", items, span: secret.span, weight: 1, height: 1 }) as const;
  const hidden = { ...secret, secret: true } as const;
  const mapping = (node: typeof secret | typeof hidden | ReturnType<typeof list>) =>
    ({
      kind: "mapping",
      entries: new Map([["k", { keySpan: secret.span, node, merged: false }]]),
      span: secret.span,
      weight: 1,
      height: 2,
    }) as const;

  test.each([
    ["a plain value", secret, false],
    ["a secret value", hidden, true],
    ["a list with one", list(secret, hidden), true],
    ["a list without one", list(secret), false],
    ["a mapping with one", mapping(list(hidden)), true],
    ["a mapping without one", mapping(secret), false],
  ])("are found in %s", (_, node, expected) => expect(holdsSecret(node)).toBe(expected));

  test.each([
    ["a plain value", secret, "x"],
    ["a secret value", hidden, "<x>"],
    ["a list", list(secret, hidden), ["x", "<x>"]],
    ["a mapping", mapping(list(hidden)), { k: ["<x>"] }],
  ])("are replaced in %s", (_, node, expected) => {
    expect(plainValue(withSecretsReplaced(node, (value) => `<${value}>`))).toEqual(expected);
  });
});
