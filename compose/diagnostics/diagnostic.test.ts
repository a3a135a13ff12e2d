import { validateCompose } from "../validate";
import { VALIDATION_CATALOGUE } from "../validate/catalogue";
import { READING_CATALOGUE } from "./catalogue";
import { DiagnosticCollector } from "./diagnostic";
import { LineIndex } from "./position";

const lines = new LineIndex("a\n".repeat(500));
const at = (line: number) => ({ span: { start: 2 * (line - 1), end: 2 * line - 1 } });

it("keeps every error, however many warnings there are before it, and the first of each code", () => {
  const collector = new DiagnosticCollector(lines, "f", VALIDATION_CATALOGUE);
  for (let line = 1; line <= 200; line += 1) collector.add("LYC2601", "warning", at(line));
  collector.add("LYC2105", "error", at(201));
  collector.add("LYC2602", "another warning", at(202));
  const codes = collector.all().map(({ code, severity }) => `${code} ${severity}`);
  expect(codes).toHaveLength(103);
  expect([collector.has("LYC2105"), collector.has("LYC2106")]).toEqual([true, false]);
  expect(codes.slice(-3)).toEqual(["LYC2105 error", "LYC2602 warning", "LYC2099 warning"]);
  expect(collector.all().at(-1)?.message).toBe("100 more warnings are not shown");
});

it("keeps the first error of each code that a misspelt key explains, because that error's severity may change", () => {
  const keys = Array.from({ length: 100 }, (_, index) => `  s${index}: {image: i, foo: 1}`).join("\n");
  const text = `services:\n${keys}\n  z: {imagee: i}\n`;
  const { diagnostics } = validateCompose(text, { diagnostics: { LYC2105: "warning" } });
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual(["LYC2201"]);
});

it("keeps the first explained error of each code, however many explained errors there are before it", () => {
  const collector = new DiagnosticCollector(lines, "f", VALIDATION_CATALOGUE);
  for (let line = 1; line <= 101; line += 1) {
    collector.add("LYC2201", "explained", { ...at(line), explainedBy: at(line).span });
  }
  expect([collector.any, collector.has("LYC2201")]).toEqual([true, false]);
  collector.add("LYC2205", "another code", { ...at(102), explainedBy: at(102).span });
  collector.add("LYC2205", "not kept", { ...at(103), explainedBy: at(103).span });
  expect(
    collector
      .all()
      .map(({ message }) => message)
      .slice(99),
  ).toEqual(["explained", "another code"]);
});

it("leaves out what a misspelt key explains if the error about this key is left out", () => {
  const collector = new DiagnosticCollector(lines, "f", VALIDATION_CATALOGUE);
  for (let line = 1; line <= 101; line += 1) collector.add("LYC2105", "misspelt", at(line));
  for (const key of [1, 100, 101]) {
    collector.add("LYC2201", `explained by line ${key}`, { ...at(200 + key), explainedBy: at(key).span });
  }
  const explained = collector.all().filter(({ code }) => code === "LYC2201");
  expect(explained.map(({ message }) => message)).toEqual(["explained by line 1", "explained by line 100"]);
});

it("counts errors and warnings separately", () => {
  const collector = new DiagnosticCollector(lines, "f", VALIDATION_CATALOGUE);
  for (let line = 1; line <= 102; line += 1) {
    collector.add("LYC2601", "warning", at(line));
    collector.add("LYC2105", "error", at(line));
  }
  expect(collector.all().at(-1)?.message).toBe("2 more errors and 2 more warnings are not shown");
});

it("reports one problem once, and names its other lines", () => {
  const collector = new DiagnosticCollector(lines, "f", READING_CATALOGUE);
  // Several uses on one line count as one line.
  for (const line of [3, ...Array.from({ length: 12 }, () => 7), 3, 9])
    collector.add("LYC2006", "it", { ...at(line), about: "x" });
  collector.add("LYC2006", "it", { ...at(4), about: "y" });
  for (let line = 20; line <= 40; line += 1) collector.add("LYC2006", "that", { ...at(line), about: "z" });
  expect(collector.all().map(({ message, range }) => `${range?.start.line} ${message}`)).toEqual([
    "3 it (also in lines 7, 9)",
    "4 it",
    "20 that (also in lines 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 and more)",
  ]);
});

it("puts problems without a position first, in the order in which they were found", () => {
  const collector = new DiagnosticCollector(lines, "f", READING_CATALOGUE);
  collector.add("LYC2006", "third", at(1));
  collector.add("LYC2006", "first", { about: "x" });
  collector.add("LYC2006", "not again", { about: "x" });
  collector.add("LYC2006", "again", { ...at(5), about: "x" });
  collector.add("LYC2006", "second");
  collector.add("LYC2006", "fourth", at(1));
  const messages = collector.all().map(({ message }) => message);
  expect(messages).toEqual(["first (also in line 5)", "second", "third", "fourth"]);
});

it.each([
  ["error and warning with one remedy on one line", "r", 3, "f", ["LYC2105"]],
  ["another remedy", "other", 3, "f", ["LYC2105", "LYC2601"]],
  ["another line", "r", 4, "f", ["LYC2105", "LYC2601"]],
  ["another file", "r", 3, "g", ["LYC2105", "LYC2601"]],
])("reports a warning once: %s", (_, remedy, line, file, codes) => {
  const files = {
    range: lines.range.bind(lines),
    file: ({ start }: { start: number }) => (start === at(3).span.start ? "f" : file),
  };
  const collector = new DiagnosticCollector(files, "f", VALIDATION_CATALOGUE);
  collector.add("LYC2105", "error", { ...at(3), remedy: "r" });
  const { start, end } = at(line).span;
  collector.add("LYC2601", "warning", { span: { start: file === "f" ? start : start + 1, end }, remedy });
  expect(collector.all().map(({ code }) => code)).toEqual(codes);
});

it("reports a warning that is also on other lines, even if an error has the same remedy", () => {
  const collector = new DiagnosticCollector(lines, "f", VALIDATION_CATALOGUE);
  collector.add("LYC2105", "error", { ...at(3), remedy: "r" });
  for (const line of [3, 4]) collector.add("LYC2601", "warning", { ...at(line), remedy: "r", about: "x" });
  expect(collector.all().map(({ code }) => code)).toEqual(["LYC2105", "LYC2601"]);
});

it.each([
  ["the warning", at(3), {}],
  ["the error", {}, at(3)],
])("reports a warning next to an error with the same remedy, if %s has no position", (_, error, warning) => {
  const collector = new DiagnosticCollector(lines, "f", VALIDATION_CATALOGUE);
  collector.add("LYC2105", "error", { ...error, remedy: "r" });
  collector.add("LYC2601", "warning", { ...warning, remedy: "r" });
  expect(collector.all()).toHaveLength(2);
});

it("names the file of a line in another file", () => {
  const file = ({ start }: { start: number }) => (start < at(50).span.start ? "f" : "g");
  const collector = new DiagnosticCollector({ range: lines.range.bind(lines), file }, "f", READING_CATALOGUE);
  for (const line of [3, 7, 53]) collector.add("LYC2006", "it", { ...at(line), about: "x" });
  expect(collector.all()[0]?.message).toBe("it (also in lines 7, g:53)");
});

it("names at most ten other lines", () => {
  const collector = new DiagnosticCollector(lines, "f", READING_CATALOGUE);
  for (let line = 1; line <= 11; line += 1) collector.add("LYC2006", "it", { ...at(line), about: "x" });
  expect(collector.all()[0]?.message).toBe("it (also in lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)");
});

it("marks only the diagnostics whose source is not shown", () => {
  const collector = new DiagnosticCollector(lines, "f", {
    ...READING_CATALOGUE,
    LYC2006: { ...READING_CATALOGUE.LYC2006, hidesSource: true },
  });
  collector.add("LYC2006", "hidden", at(1));
  collector.add("LYC2007", "shown", at(2));
  expect(collector.all().map((found) => found.hidesSource)).toEqual([true, undefined]);
});

it("reports a variable that is not set once, where it is first written", () => {
  const { diagnostics } = validateCompose("services:\n  a:\n    image: i:$TAG\n    user: $TAG\n    hostname: $HOST\n");
  expect(diagnostics.filter(({ code }) => code === "LYC2308").map(({ message }) => message)).toEqual([
    "services.a.image holds the variable TAG, which is empty where the run happens (also in line 4)",
    "services.a.hostname holds the variable HOST, which is empty where the run happens",
  ]);
});
