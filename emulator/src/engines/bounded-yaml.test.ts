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
/** A plain text is made of no more tokens than are read at this size. */
const largestPlain = 500_000;

/** A text without anything odd, of about so many bytes. */
function plainText(bytes: number): string {
  const service = (index: number) => `  s${index}: {image: i, environment: {A: "${"x".repeat(60)}"}}`;
  return `services:\n${rows(Math.ceil(Math.min(largestPlain, bytes) / service(0).length), service)}\n`;
}

/** Time of the processor in microseconds; what is quicker than its clock took one. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}

/**
 * How many times as long something takes as reading a plain text, the least of up to five comparisons. Each reads the plain text
 * directly afterwards, for as long: what other programs do makes both slower.
 */
function timesAsLong(work: () => void, plain: string): number {
  let times = Number.POSITIVE_INFINITY;
  for (let done = 0; done < 5 && times > mostTimes; done += 1) {
    const taken = timeOf(work);
    let [plainTaken, repetitions] = [0, 0];
    for (; plainTaken < taken; repetitions += 1) plainTaken += timeOf(() => void parseBounded(plain));
    times = Math.min(times, (taken / plainTaken) * repetitions);
  }
  return times;
}

test.each(Object.keys(hostile))(
  "a text of %s is read or refused in the time of some plain texts of its size",
  (name) => {
    const text = hostile[name] ?? "";
    const plain = plainText(Buffer.byteLength(text));
    expect(parseBounded(plain)).toMatchObject({ kind: "read" });
    expect(timesAsLong(() => void parseBounded(text), plain)).toBeLessThanOrEqual(mostTimes);
  },
);

test("a text that takes many times as long is found", () => {
  const plain = plainText(5_000);
  const slow = () => {
    for (let done = 0; done < 24; done += 1) parseBounded(plain);
  };
  expect(timesAsLong(slow, plain)).toBeGreaterThan(mostTimes);
});

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
