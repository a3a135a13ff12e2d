import { findPemBlocks } from "./pem";

const edge = (which: string) => ["-----", which, " PRIVATE", " KEY-----"].join("");
const BEGIN = edge("BEGIN");
const END = edge("END");
const line = (length: number) => "A".repeat(length);
/** Returns a text with `«` and `»` around each span. */
const marked = (text: string) =>
  findPemBlocks(text).reduceRight(
    (shown, { start, end }) => `${shown.slice(0, start)}«${shown.slice(start, end)}»${shown.slice(end)}`,
    text,
  );

test.each([
  ["a whole key", `a ${BEGIN}\nanything here\n${END} b`, `a «${BEGIN}\nanything here\n${END}» b`],
  ["a key that goes on to the end of the text", `${BEGIN}\nMIIE\nabcd`, `«${BEGIN}\nMIIE\nabcd»`],
  ["a key before a sentence", `${BEGIN}\nMIIE\n\nno key: here!\n`, `«${BEGIN}\nMIIE\n»\nno key: here!\n`],
  [
    "a key with a header",
    `${BEGIN}\nProc-Type: 4,ENCRYPTED\nMIIE\nlast!`,
    `«${BEGIN}\nProc-Type: 4,ENCRYPTED\nMIIE»\nlast!`,
  ],
  ["a first line at the end of the text", BEGIN, `«${BEGIN}»`],
  ["a last line at the begin of the text", END, `«${END}»`],
  ["the last lines of a key from the begin of the text", `MIIE\nabcd\n${END}`, `«MIIE\nabcd\n${END}»`],
  ["the last lines of a key after a sentence", `no key: here!\nMIIE\n${END}`, `no key: here!\n«MIIE\n${END}»`],
  ["two keys", `${BEGIN}\nA\n${END}\n${BEGIN}\nB\n${END}`, `«${BEGIN}\nA\n${END}»\n«${BEGIN}\nB\n${END}»`],
  [
    "a key without an end before a whole one",
    `${BEGIN}\nA\nb!\n${BEGIN}\nB\n${END}`,
    `«${BEGIN}\nA»\nb!\n«${BEGIN}\nB\n${END}»`,
  ],
  [
    "no line of 101 characters after a key",
    `${BEGIN}\n${line(100)}\n${line(101)}\n`,
    `«${BEGIN}\n${line(100)}»\n${line(101)}\n`,
  ],
  [
    "no line of 201 characters",
    `${BEGIN}\nA: ${line(197)}\nA: ${line(198)}`,
    `«${BEGIN}\nA: ${line(197)}»\nA: ${line(198)}`,
  ],
  [
    "no line of 201 characters above",
    `A: ${line(198)}\nA: ${line(197)}\n${END}`,
    `A: ${line(198)}\n«A: ${line(197)}\n${END}»`,
  ],
  ["400 lines of a key", `${BEGIN}${"\nA".repeat(401)}`, `«${BEGIN}${"\nA".repeat(400)}»\nA`],
  ["400 lines of a key above", `${"A\n".repeat(401)}${END}`, `A\n«${"A\n".repeat(400)}${END}»`],
  [
    "no text after a long line that holds a key",
    `${BEGIN}${" a".repeat(101)}\nMIIE`,
    `«${BEGIN}»${" a".repeat(101)}\nMIIE`,
  ],
  [
    "no text before a long line that holds an end",
    `MIIE\n${"a ".repeat(101)}${END}`,
    `MIIE\n${"a ".repeat(101)}«${END}»`,
  ],
])("finds %s", (_what, text, expected) => expect(marked(text)).toBe(expected));

test("a key ends at the end of the text", () => {
  expect(findPemBlocks(BEGIN)).toEqual([{ start: 0, end: BEGIN.length }]);
});
