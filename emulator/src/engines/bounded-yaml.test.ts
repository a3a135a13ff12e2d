import { mostAliases, parseBounded } from "./bounded-yaml";

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => row(i)).join("\n");
const fill = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

/** Each once kept the emulator from answering anybody, for seconds up to hours. */
const hostile: Readonly<Record<string, string>> = {
  "many keys": rows(40_000, (i) => `k${i}: 1`),
  "4 MB of keys": rows(500_000, (i) => `k${i}: 1`),
  brackets: fill("[", 1_000_000),
  braces: fill("{a: ", 1_000_000),
  dashes: fill("- ", 1_000_000),
  "question marks": fill("? ", 1_000_000),
  tags: fill("!!str ", 1_000_000),
  "anchors and aliases": rows(20_000, (i) => `- &a${i} 1\n- *a${i}`),
  "the most aliases": `${rows(30_000, (i) => `- ${i}`)}\n- &a x\n${rows(mostAliases, () => "- *a")}`,
  "blank lines": fill("\n", 1_000_000),
  comments: fill("#\n", 1_000_000),
  documents: fill("---\n", 1_000_000),
  "one long value": `a: ${fill("x", 4_000_000)}`,
};

// The bar is a second on an idle machine; this one may be doing five other things.
const patience = 4_000;

test.each(Object.keys(hostile))("a text of %s is read or refused in bounded time", (name) => {
  const before = process.cpuUsage();
  parseBounded(hostile[name] ?? "");
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(patience);
});

test("keys that come twice are still told, also deep inside, and a merge key may come twice", () => {
  expect(parseBounded("a: 1\nb:\n  - {c: 1, d: 2, c: 3}\na: 2\n")).toEqual({
    kind: "faults",
    faults: ["Map keys must be unique at line 3, column 18", "Map keys must be unique at line 4, column 1"],
  });
  const merged = parseBounded("a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n", { merge: true });
  expect(merged.kind).toBe("read");
});
