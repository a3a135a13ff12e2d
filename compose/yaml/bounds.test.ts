import { canonicalText } from "../canonical/canonical";
import { hostileTexts, rows } from "../testing/hostile-texts";
import { Reference, timesAsLong } from "../testing/times-as-long";
import { readCompose } from "./read";

const most = 8;

function read(text: unknown): void {
  const result = readCompose(text);
  if (result.kind === "document") canonicalText(result.model);
}

/** Reading a plain project of about so many bytes, at least of an ordinary small one: one digit of the size counts. */
const references = new Map<number, Reference>();
function plainOf(bytes: number): Reference {
  const size = Number(Math.min(900_000, Math.max(2_000, bytes)).toPrecision(1));
  const service = (index: number) => `  s${index}: {image: i, environment: {A: "${"x".repeat(60)}"}}`;
  const text = `services:\n${rows(Math.floor(size / 102), service)}\n`;
  const reference = references.get(size) ?? new Reference(() => read(text));
  references.set(size, reference);
  return reference;
}

// `tests/hostile` does the same with every step, each input in a process of its own.
it.each(Object.entries(hostileTexts))("reads in the time of a plain project: %s", (_name, { text }) => {
  const plain = plainOf(Buffer.byteLength(text));
  expect(timesAsLong(() => read(text), plain, { enough: most })).toBeLessThan(most);
});

it("reads 100 variables that 2 000 services have by a merge key", () => {
  const shared = `x-e: &e\n${rows(100, (i) => `  A${i}: 1`)}\n`;
  const text = `${shared}services:\n${rows(2_000, (i) => `  s${i}: {image: i, environment: {<<: *e}}`)}\n`;
  expect(readCompose(text).kind).toBe("document");
});

it("reads a document of 10 000 lines", () => {
  const text = `services:\n${rows(2_500, (i) => `  s${i}:\n    image: i\n    environment:\n      A: "${i}"`)}\n`;
  expect(readCompose(text).kind).toBe("document");
});
