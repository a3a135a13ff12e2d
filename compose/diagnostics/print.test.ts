import { readCompose } from "../yaml/read";
import { LineIndex } from "./position";
import { printDiagnostics } from "./print";

function print(text: string, options: { hideSource?: boolean; file?: string } = {}): string {
  const { file, ...printing } = options;
  const result = readCompose(text);
  if (result.kind !== "diagnostics") throw new Error("no diagnostics");
  const diagnostics = result.diagnostics.map((found) => ({ ...found, ...(file === undefined ? {} : { file }) }));
  return printDiagnostics(diagnostics, { lines: new LineIndex(text), isSecretLine: () => false, ...printing });
}

it("shows the position, the line and a caret for each diagnostic", () => {
  expect(print("services:\n  web:\n    image: a\n    image: b\n  db: {}\n", { file: "stack.yaml" })).toBe(
    [
      "stack.yaml:4:5 error LYC2007: the key image is already there, on line 3",
      "  4 |     image: b",
      "    |     ^^^^^",
      "  Keep one of the two, or merge them.",
      "stack.yaml:5:3 error LYC2201: the service db has neither an image nor a build",
      "  5 |   db: {}",
      "    |   ^^",
      "  Add `image:` with an image that a registry serves.",
    ].join("\n"),
  );
});

it("does not show the line when the text is secret", () => {
  const printed = print("services: {web: {image: canary, image: canary}}", { hideSource: true });
  expect(printed).not.toContain("canary");
  expect(printed).toContain("compose.yaml:1:33 error LYC2007: the key image");
});

it("prints a diagnostic of the whole text without a line", () => {
  expect(print("", { file: "a.yaml" })).toBe(
    "a.yaml error LYC2005: the text is empty\n  Declare at least one service under `services:`.",
  );
});

it("cuts a long line around the diagnostic and keeps the caret under it", () => {
  const line = `x-a: {${"k: v, ".repeat(100)}}`;
  const [, source = "", caret = ""] = print(`${line}\nservices: {web: {image: i}}`).split("\n");
  expect(source.length).toBeLessThan(140);
  expect(source.charAt(caret.indexOf("^"))).toBe("k");
});

it.each([
  ["the whole line, if it fits", "x".repeat(60), 40, "x".repeat(60)],
  ["the start of a longer line", "x".repeat(61), 40, `${"x".repeat(60)}…`],
  ["a part of a long line around the diagnostic", "x".repeat(200), 41, `…${"x".repeat(60)}…`],
])("shows %s", (_, line, column, shown) => {
  const at = { line: 1, column, offset: column - 1 };
  const range = { start: at, end: at };
  const options = { lines: new LineIndex(line), isSecretLine: () => false, widestLine: 60 };
  const printed = printDiagnostics([{ code: "LYC2001", severity: "error", message: "m", remedy: "r", range }], options);
  expect(printed.split("\n")[1]).toBe(`  1 | ${shown}`);
});

it.each([
  ["a part of a long line", "x".repeat(200), { line: 1, column: 146 }, 30, 5],
  ["the rest of what is shown of a long line", "x".repeat(200), { line: 2, column: 1 }, 30, 31],
  ["the rest of a line", "x".repeat(143), { line: 2, column: 1 }, 30, 3],
  ["a single character", "x".repeat(200), { line: 1, column: 141 }, 30, 1],
])("marks %s", (_, line, end, indent, width) => {
  const range = { start: { line: 1, column: 141, offset: 140 }, end: { ...end, offset: 145 } };
  const options = { lines: new LineIndex(`${line}\nx`), isSecretLine: () => false, widestLine: 60 };
  const printed = printDiagnostics([{ code: "LYC2001", severity: "error", message: "m", remedy: "r", range }], options);
  expect(printed.split("\n")[2]).toBe(`    | ${" ".repeat(indent)}${"^".repeat(width)}`);
});

it("does not show a line with a secret", () => {
  const text = "services: {web: {image: a, image: b}}";
  const [found] = [readCompose(text)].flatMap((result) => (result.kind === "diagnostics" ? result.diagnostics : []));
  const printed = printDiagnostics(found === undefined ? [] : [found], {
    lines: new LineIndex(text),
    isSecretLine: () => true,
  });
  expect(printed).toMatch(/^compose\.yaml:1:28 error LYC2007: .*\n {2}Keep one/);
});

it("keeps tabs, so that the caret is below its character, and replaces control characters", () => {
  const printed = print("services:\n  web:\t{image: a,\timage: b}\n  a: \u001b[31m\u202ex\n");
  expect(printed).not.toMatch(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/u);
  const twice = print("services:\n  web:\t{image: a,\timage: b}\n").split("\n");
  expect(twice[2]).toBe("    |       \t          \t^^^^^");
});

it("prints no control character of a document, neither in the message nor in the remedy", () => {
  const printed = printDiagnostics(
    [{ code: "LYC2309", severity: "error", message: "needs \u001b[31mX", remedy: "Give \u001b[2J it\na value." }],
    { isSecretLine: () => false },
  );
  expect(printed).toBe("compose.yaml error LYC2309: needs ·[31mX\n  Give ·[2J it·a value.");
});
