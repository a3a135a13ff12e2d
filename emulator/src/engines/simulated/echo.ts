/** A word of a text is also printed on a separate line if it has at least this many characters. */
const SHORTEST_WORD = 12;

/** The forms in which programs print a text. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => Buffer.from(text).toString("base64"),
  encodeURIComponent,
  (text) => JSON.stringify(text),
];

/**
 * Returns the output of a program that prints everything that it received. Each line of a text and each long word are
 * printed in all `SPELLINGS`. Each long word is also a result of the run (`lyceum-result`). Keys that begin with `x-`
 * are left out, because no program receives them.
 */
export function echoed(document: unknown): readonly string[] {
  const lines = [...new Set(textsIn(document).flatMap((text) => text.split("\n")))].filter(
    (line) => line.trim() !== "",
  );
  const words = [...new Set(lines.flatMap((line) => line.split(/[\s"'<>=;:,@()[\]{}]+/)))].filter(
    (word) => word.length >= SHORTEST_WORD,
  );
  const spelled = [...lines, ...words].map((text) => SPELLINGS.map((spell) => spell(text)).join(" "));
  return [...spelled, ...words.map((word, index) => `lyceum-result word${index} ${JSON.stringify(word)}`)];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => (key.startsWith("x-") ? [] : textsIn(entry)));
}
