import fc from "fast-check";
import { Document, visit } from "yaml";
import { scaled } from "../../tests/fuzz/amount";
import { canonicalText } from "../canonical/canonical";
import { explainChange } from "../canonical/explain";
import { READING_CATALOGUE } from "../diagnostics/catalogue";
import { LineIndex } from "../diagnostics/position";
import { printDiagnostics } from "../diagnostics/print";
import { document } from "../testing/read-marks";
import { readCompose } from "./read";
import { resolvePlainScalar } from "./scalar";

const word = fc
  .string({ unit: fc.constantFrom(..."abcXYZ019 -_.:/#'\"\\,[]{}&*!|>%@`$=\n\té\u{1f680}"), maxLength: 12 })
  // Texts that Compose reads as numbers are left out, because the writer below does not put them in quotes.
  .filter((text) => resolvePlainScalar(text).kind === "string");
const key = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_.-]{0,8}$/).filter((text) => text !== "<<");
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    word,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(key, tie("any"), { maxKeys: 4 }),
  ),
})).any;
const service = fc
  .record(
    {
      environment: fc.oneof(fc.dictionary(key, word), fc.array(word, { maxLength: 3 })),
      labels: fc.dictionary(key, word),
      depends_on: fc.array(key, { maxLength: 3 }),
      command: value,
      other: value,
    },
    { requiredKeys: [] },
  )
  .map((settings) => ({ image: "i", ...settings }));
const compose = fc.record({
  services: fc.dictionary(key, service, { minKeys: 1, maxKeys: 4 }),
  volumes: fc.dictionary(key, fc.constant(null), { maxKeys: 2 }),
  "x-any": value,
});

/** The style in which a document is written. */
const style = fc.record({
  indent: fc.constantFrom(1, 2, 4, 8),
  flow: fc.boolean(),
  scalars: fc.constantFrom("PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL"),
  lineWidth: fc.constantFrom(0, 20, 80),
  reverse: fc.boolean(),
  comments: fc.boolean(),
  lineBreak: fc.constantFrom("\n", "\r\n"),
});

function write(data: unknown, how: typeof style extends fc.Arbitrary<infer Style> ? Style : never): string {
  // Parts that occur several times become anchors and aliases, as a person would write them.
  const written = new Document(data, { aliasDuplicateObjects: true });
  visit(written, {
    Scalar: (location, node) => {
      // The writer prints these texts without quotes, although the result is read as another text.
      const delicate = location === "key" || /^\s|\s$|\n|^:/.test(String(node.value));
      const type = delicate && !how.scalars.startsWith("QUOTE") ? "QUOTE_DOUBLE" : how.scalars;
      if (typeof node.value === "string") node.type = type as "PLAIN";
      else if (how.comments) node.comment = " note";
    },
    Map: (_, node) => {
      if (how.flow) node.flow = true;
      if (how.reverse) node.items.reverse();
      if (how.comments) node.commentBefore = " a comment";
    },
  });
  const text = written.toString({ indent: how.indent, lineWidth: how.lineWidth });
  return text.replaceAll("\n", how.lineBreak);
}

const read = (text: string) => document(text).model;

it("has the same canonical form in any spelling", () => {
  fc.assert(
    fc.property(compose, style, style, (data, one, other) => {
      const first = read(write(data, one));
      const second = read(write(data, other));
      expect(canonicalText(second)).toBe(canonicalText(first));
      expect(explainChange(first, second)).toEqual([]);
    }),
    { numRuns: scaled(100) },
  );
});

it("has an explanation for every change of the canonical form", () => {
  fc.assert(
    fc.property(compose, compose, (one, other) => {
      const [before, after] = [read(JSON.stringify(one)), read(JSON.stringify(other))];
      const same = canonicalText(before) === canonicalText(after);
      expect(explainChange(before, after).length === 0).toBe(same);
    }),
    { numRuns: scaled(70) },
  );
});

it("has a canonical form whose canonical form is the same", () => {
  fc.assert(
    fc.property(compose, style, (data, how) => {
      const text = canonicalText(read(write(data, how)));
      expect(canonicalText(read(text))).toBe(text);
    }),
    { numRuns: scaled(70) },
  );
});

function expectBounded(input: unknown): void {
  const text = typeof input === "string" ? input : input instanceof Uint8Array ? new TextDecoder().decode(input) : "";
  const result = readCompose(input);
  if (result.kind === "document") {
    canonicalText(result.model);
    return;
  }
  if (result.kind !== "diagnostics") return;
  expect(result.diagnostics.length).toBeGreaterThan(0);
  expect(result.diagnostics.length).toBeLessThanOrEqual(101);
  for (const { code, message, remedy, range } of result.diagnostics) {
    expect(READING_CATALOGUE).toHaveProperty(code);
    expect(message).not.toBe("");
    expect(remedy).not.toBe("");
    if (range === undefined) continue;
    expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
    expect(range.end.offset).toBeLessThanOrEqual(text.length);
    const lines = new LineIndex(text);
    expect(range.start.column).toBeLessThanOrEqual(lines.line(range.start.line).length + 2);
  }
  printDiagnostics(result.diagnostics, { lines: new LineIndex(text), isSecretLine: () => false });
}

const seeds = [
  "services:\n  web: &a\n    image: nginx\n    environment: {A: '1', B: \"2\"}\n  db:\n    <<: *a\n    command: |\n      x\n",
  "%YAML 1.1\n---\nservices: {web: {image: !!str i, ports: [80, !reset 81]}}\n...\n# end\n",
];
const signs = fc.constantFrom(
  ..."\n\t\r :-?,[]{}#&*!|>'\"%@`~<=\\\u0000\ufeff\u2028a0",
  "<<: ",
  "*a",
  "&a ",
  "---\n",
  "!!int ",
);

it("returns a result for any text, any mutant of a compose text and any bytes", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: signs, maxLength: 200 })), expectBounded),
    { numRuns: scaled(500) },
  );
  const mutation = fc.record({ at: fc.nat(), remove: fc.nat(6), insert: fc.string({ unit: signs, maxLength: 3 }) });
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 4 }), (seed, mutations) => {
      let text = seed;
      for (const { at, remove, insert } of mutations) {
        const location = at % (text.length + 1);
        text = text.slice(0, location) + insert + text.slice(location + remove);
      }
      expectBounded(text);
    }),
    { numRuns: scaled(500) },
  );
  fc.assert(fc.property(fc.uint8Array(), (bytes) => expectBounded(bytes)));
  fc.assert(fc.property(fc.anything(), (input) => expectBounded(input)));
});
