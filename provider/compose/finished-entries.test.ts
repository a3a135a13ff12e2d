import fc from "fast-check";
import { Composer, type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import { readingCatalogue } from "./catalogue";
import { DiagnosticCollector } from "./diagnostic";
import { readDocuments } from "./documents";
import { LineIndex } from "./position";

const settings = { schema: "failsafe", uniqueKeys: false, merge: false, resolveKnownTags: false } as const;

/** A document as the reading sees it: all but its comments. */
function seen(node: unknown): unknown {
  if (isAlias(node)) return { alias: node.source, range: node.range };
  if (isScalar(node)) return { ...facts(node), type: node.type, source: node.source };
  if (isSeq(node)) return { ...facts(node), flow: node.flow, items: node.items.map(seen) };
  if (!isMap(node)) return node;
  return { ...facts(node), flow: node.flow, items: node.items.map(({ key, value }) => [seen(key), seen(value)]) };
}

function facts({ anchor, tag, range }: { anchor?: string; tag?: string; range?: unknown }) {
  // Where the comments behind a mapping end is nothing to us.
  return { anchor, tag, range: Array.isArray(range) ? range.slice(0, 2) : range };
}

function resultOf(documents: readonly Document.Parsed[]) {
  const errors = documents.flatMap((document) =>
    document.errors.map(({ code, pos, message }) => ({ code, pos, message })),
  );
  const key = ({ code, pos, message }: (typeof errors)[number]) =>
    `${String(pos[0]).padStart(9, "0")} ${code} ${message}`;
  return {
    contents: documents.map(({ contents }) => seen(contents)),
    errors: errors.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
  };
}

function expectTheSame(text: string): void {
  const faults = new DiagnosticCollector(new LineIndex(text), undefined, readingCatalogue);
  const read = readDocuments(text, faults);
  const whole = parseAllDocuments(text, { ...settings, prettyErrors: false }) as Document.Parsed[];
  expect(read && resultOf(read.documents)).toEqual(resultOf(whole));
}

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join("\n");

test.each([
  ["entries of one mapping", rows(100, (i) => `k${i}: v`)],
  ["entries of mappings in a mapping", rows(40, (i) => `k${i}:\n${rows(40, (j) => `  k${j}: [a, {b: c}]`)}`)],
  ["entries below a comment, a blank line and a byte order mark", `\ufeff# head\n\n${rows(100, (i) => `k${i}: v`)}`],
  ["comments and blank lines between them", rows(60, (i) => `# ${i}\n\na${i}:\n  # in\n\n  b: c\n\n  # end\n# ${i}`)],
  ["keys without values", rows(60, (i) => (i % 7 === 0 ? `k${i}` : `k${i}:`))],
  [
    "explicit keys that are mappings",
    `? ${rows(40, (i) => `k${i}: v`).replaceAll("\n", "\n  ")}\n: ${rows(40, (i) => `k${i}: v`).replaceAll("\n", "\n  ")}`,
  ],
  [
    "anchors, tags and a directive",
    `%TAG !e! tag:e,2000:\n---\n${rows(60, (i) => `k${i}: &a${i} !e!t {a: *a${i - 1}}`)}`,
  ],
  ["a second document", `${rows(60, (i) => `k${i}: v`)}\n---\n${rows(60, (i) => `k${i}: v`)}`],
  ["brackets that are not closed", `${rows(60, (i) => `k${i}: v`)}\na: [\n${rows(60, (i) => `k${i}: v`)}`],
  ["a mapping that is indented on its own", `a:\n${rows(60, (i) => `${" ".repeat(i === 50 ? 3 : 2)}k${i}: v`)}`],
])("%s compose to the same at once and in parts", (_name, text) => expectTheSame(text));

const line = fc
  .tuple(
    fc.constantFrom("", "", "", "  ", "  ", "    ", "\t"),
    fc.constantFrom("", "", "", "", "- ", "? ", ": ", "&a ", "!t ", "*a "),
    fc.constantFrom(
      "k: v",
      "k:",
      "k: v # c",
      "# c",
      "",
      "v",
      "k: |",
      'k: "x',
      'y"',
      "k: {a: [b]}",
      "k: [",
      "]",
      "'q': 'v'",
      "<<: *a",
      "k: &a v",
      "k: a: b",
      "}",
      "%T",
      "---",
      "...",
      "k:  >-",
    ),
  )
  .map((parts) => parts.join(""));
// Most lines are plain ones: a text of faults alone is left early.
const plain = fc.constantFrom("k: v", "  k: v", "  k:", "    k: v", "k:", "# c", "");
const text = fc
  .array(fc.oneof({ arbitrary: plain, weight: 20 }, { arbitrary: line, weight: 1 }), { minLength: 20, maxLength: 120 })
  .map((lines) => lines.join("\n"));

test("any text composes to the same at once and in parts", () => {
  fc.assert(fc.property(text, expectTheSame), { numRuns: 1_000 });
});

test.each([
  ["", true],
  ["# head\n", true],
  ["\n\n", true],
  ["\ufeff", true],
  ["%YAML 1.1\n---\n", false],
])("below %j, entries are composed before the text is at its end: %j", (head, early) => {
  const composed = jest.spyOn(Composer.prototype, "compose");
  expectTheSame(head + rows(100, (i) => `k${i}: v`));
  // Once each by the reading at its end, and by the reading at once that it is compared with.
  expect(composed.mock.calls.length > 2).toBe(early);
  composed.mockRestore();
});

test("entries that end in comments again and again are left where they are", () => {
  expectTheSame(`${rows(2_000, (i) => `k${i}: v\n  # ${i}`)}\n`);
});
