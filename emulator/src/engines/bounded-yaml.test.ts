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

/** So many times the time of the processor may a text take that a plain text of as many bytes takes. */
const mostTimes = 8;
/** A plain text is made of no more pieces than are read at this size. */
const largestPlain = 500_000;

/** A text without anything odd, of about so many bytes. */
function plainText(bytes: number): string {
  const service = (index: number) => `  s${index}: {image: i, environment: {A: "${"x".repeat(60)}"}}`;
  return `services:\n${rows(Math.ceil(Math.min(largestPlain, bytes) / service(0).length), service)}\n`;
}

function processorTime(text: string): number {
  const before = process.cpuUsage();
  parseBounded(text);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** What other programs do only adds to a measurement, so the least of several is taken; no more than are needed. */
function leastTime(text: string, isEnough: (time: number) => boolean): number {
  let least = processorTime(text);
  for (let more = 0; more < 4 && !isEnough(least); more++) least = Math.min(least, processorTime(text));
  return least;
}

test.each(Object.keys(hostile))(
  "a text of %s is read or refused in the time of some plain texts of its size",
  (name) => {
    const text = hostile[name] ?? "";
    const plain = plainText(Buffer.byteLength(text));
    expect(parseBounded(plain)).toMatchObject({ kind: "read" });
    const limit = mostTimes * leastTime(plain, () => false);
    expect(leastTime(text, (time) => time <= limit)).toBeLessThanOrEqual(limit);
  },
);

test("a plain text is read whole", () => {
  expect(parseBounded(plainText(largestPlain))).toMatchObject({ kind: "read" });
});

test("keys that come twice are still reported, also deep inside, and a merge key may come twice", () => {
  expect(parseBounded("a: 1\nb:\n  - {c: 1, d: 2, c: 3}\na: 2\n")).toEqual({
    kind: "errors",
    errors: ["Map keys must be unique at line 3, column 18", "Map keys must be unique at line 4, column 1"],
  });
  const merged = parseBounded("a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n", { merge: true });
  expect(merged.kind).toBe("read");
});
