import { rows } from "../testing/hostile-texts";
import { readCompose } from "./read";

// Long but ordinary texts. `tests/hostile` limits the time and memory for hostile texts.

it("reads 100 variables that 2 000 services have by a merge key", () => {
  const shared = `x-e: &e\n${rows(100, (i) => `  A${i}: 1`)}\n`;
  const text = `${shared}services:\n${rows(2_000, (i) => `  s${i}: {image: i, environment: {<<: *e}}`)}\n`;
  expect(readCompose(text).kind).toBe("document");
});

it("reads a document of 10 000 lines", () => {
  const text = `services:\n${rows(2_500, (i) => `  s${i}:\n    image: i\n    environment:\n      A: "${i}"`)}\n`;
  expect(readCompose(text).kind).toBe("document");
});

it("reads 5 000 services of six lines, and a list of a million characters in brackets", () => {
  const service = (i: number) => `  s${i}:\n    image: i\n    environment:\n      A: "1"\n      B: "2"\n    tty: true`;
  expect(readCompose(`services:\n${rows(5_000, service)}\n`).kind).toBe("document");
  expect(readCompose(`services: {web: {image: i}}\nx-a: [${"a,".repeat(500_000)}]\n`).kind).toBe("document");
});
