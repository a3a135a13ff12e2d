import { LineIndex, printDiagnostics } from "../../compose";
import { timesAsLong } from "../../compose/testing/times-as-long";
import { isSecretLine, type TextLines } from "./secret-line";
import { createSecretSet } from "./secret-set";
import { shapeExamples } from "./testing/examples";

/** The lines of a text, and how often each was read. */
function linesOf(text: string) {
  const all = text.split("\n");
  const asked: number[] = [];
  const lines: TextLines = {
    line: (number) => {
      asked.push(number);
      return all[number - 1] ?? "";
    },
  };
  return { lines, asked };
}

test.each([
  ["under the name of a secret", "DB_PASSWORD: |\n  hunter2\n", 2, true],
  ["under such a name, after a blank line", "DB_PASSWORD: |\n\n  hunter2\n", 3, true],
  ["under such a name, after a line of spaces", "DB_PASSWORD: |\n \n  hunter2\n", 3, true],
  ["under such a name, after a line as deep as itself", "DB_PASSWORD: |\n  one\n  two\n", 3, true],
  ["under such a name, after a line that is deeper", "DB_PASSWORD: |\n    one\n  two\n", 3, true],
  ["with such a name itself", "a: b\napi_key: x\n", 2, true],
  ["with such a name in a list", "environment: [PASSWORD=x]\n", 1, true],
  ["with such a name in quotes", "environment: {A: 1, 'PASSWORD': x}\n", 1, true],
  ["with what looks like a secret", `command: run ${shapeExamples["GitHub token"]}\n`, 1, true],
  ["that there is not", "", 7, false],
  ["under another name", "command: |\n  hunter2\n", 2, false],
  ["under another name, which is under such a one", "DB_PASSWORD:\n  file: |\n    hunter2\n", 3, false],
  ["as deep as the name above it", "DB_PASSWORD: x\nimage: hunter2\n", 2, false],
  ["first in the text", "hunter2\n", 1, false],
])("whether a line is secret: one %s", (_name, text, line, expected) =>
  expect(isSecretLine(linesOf(text).lines, line)).toBe(expected),
);

test("a line with a known secret is secret for a set that has it", () => {
  const { lines } = linesOf("image: hunter2-canary");
  expect(isSecretLine(lines, 1)).toBe(false);
  expect(isSecretLine(lines, 1, createSecretSet(["hunter2-canary"]))).toBe(true);
});

test("the name is searched for in the 200 lines above", () => {
  const text = (between: number) => `DB_PASSWORD: |\n${"  x\n".repeat(between)}  hunter2\n`;
  expect(isSecretLine(linesOf(text(199)).lines, 201)).toBe(true);
  expect(isSecretLine(linesOf(text(200)).lines, 202)).toBe(false);
});

test("each line is searched once for one set of secrets", () => {
  const { lines, asked } = linesOf("command: |\n  hunter2\n");
  const secrets = createSecretSet(["other-canary"]);
  isSecretLine(lines, 2, secrets);
  const before = asked.length;
  isSecretLine(lines, 2, secrets);
  expect(asked.length).toBe(before);
  isSecretLine(lines, 2, createSecretSet(["hunter2"]));
  expect(asked.length).toBeGreaterThan(before);
});

it("searches a line for secrets once, however many diagnostics it has", () => {
  const text = "ordinary words ".repeat(7_000);
  const diagnosed = (count: number) => () => {
    const [start, end] = [
      { line: 1, column: 5, offset: 4 },
      { line: 1, column: 6, offset: 5 },
    ] as const;
    const one = { code: "LYC2003", severity: "error", message: "m", remedy: "r", range: { start, end } } as const;
    printDiagnostics(
      Array.from({ length: count }, () => one),
      { lines: new LineIndex(text), isSecretLine },
    );
  };
  expect(timesAsLong(diagnosed(100), diagnosed(1), { enough: 8 })).toBeLessThan(8);
});
