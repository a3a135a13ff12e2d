import { canonicalText } from "./canonical";
import { readCompose } from "./read";

const service = "services: {web: {image: i}}\n";
const fill = (piece: string, head = "", length = 1_000_000) =>
  (head + piece.repeat(Math.ceil(length / piece.length))).slice(0, length);
const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => row(i)).join("\n");

/** Each takes, or once took, some reader of YAML far more than its share. */
const hostile: Record<string, string> = {
  "alias bomb": `${rows(
    10,
    (i) =>
      `x-${i}: &a${i} [${Array(9)
        .fill(i === 0 ? "x" : `*a${i - 1}`)
        .join()}]`,
  )}\n${service}`,
  "alias bomb in a mapping": `${rows(10, (i) => `x-${i}: &a${i} {${rows(9, (k) => `k${k}: ${i === 0 ? "x" : `*a${i - 1}`},`)}}`)}\n${service}`,
  "merge bomb": `x-a: &a {${rows(8_000, (i) => `k${i}: 1,`)}}\n${rows(8_000, (i) => `x-${i}: {<<: *a}`)}\n${service}`,
  "long text under many aliases": `x-s: &s '${"x".repeat(500_000)}'\n${rows(10_000, (i) => `x-${i}: *s`)}\n${service}`,
  "chain of aliases": `x-0: &a0 [x]\n${rows(15_000, (i) => `x-${i + 1}: &a${i + 1} [*a${i}]`)}\n${service}`,
  "10 MB scalar": `x-a: ${"x".repeat(10_000_000)}`,
  "1 MB scalar": fill("x", "x-a: "),
  "1 MB key": `${fill("x")}: 1`,
  "10 000 brackets": `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  "1 MB of brackets": fill("["),
  "1 MB of dashes": fill("- "),
  "deep indentation": rows(1_400, (i) => `${" ".repeat(i)}a:`).slice(0, 1_000_000),
  "many keys": rows(60_000, (i) => `k${i}: 1`),
  "one key many times": fill("a: 1\n", "", 240_000),
  "empty items": fill(",", "[", 240_000),
  anchors: fill("&a ", "", 240_000),
  "unclosed quotes": fill('a: "\n'),
  "unclosed brackets": fill("a: [\n", "", 240_000),
  documents: fill("---\na\n", "", 240_000),
  comments: fill("#\n"),
  "blank lines": fill("\n", "x-a: |\n"),
  "folded text": fill(" x\n  y\n", "x-a: >\n", 400_000),
  escapes: `x-a: "${fill("\\n", "", 900_000)}"`,
  backslashes: fill("\\", 'x-a: "'),
  "control characters": fill("\u0001 "),
  digits: fill("1", "x-a: "),
  "many services": `services:\n${rows(10_000, (i) => ` s${i}: {image: i}`)}`,
};

// The bar is a second on an idle machine; this one may be doing five other things.
const patience = 4_000;

it.each(Object.keys(hostile))("answers in bounded time: %s", (name) => {
  const started = process.cpuUsage();
  const result = readCompose(hostile[name]);
  if (result.kind === "document") canonicalText(result.model);
  const { user } = process.cpuUsage(started);
  expect(user / 1000).toBeLessThan(patience);
  expect(result.kind).toBe(["1 MB scalar", "folded text"].includes(name) ? "faults" : result.kind);
});

it("reads a document of 10 000 lines", () => {
  const text = `services:\n${rows(2_500, (i) => `  s${i}:\n    image: i\n    environment:\n      A: "${i}"`)}\n`;
  expect(readCompose(text).kind).toBe("document");
});
