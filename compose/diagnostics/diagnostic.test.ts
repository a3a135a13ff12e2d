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
  expect(codes.slice(-3)).toEqual(["LYC2105 error", "LYC2602 warning", "LYC2099 warning"]);
  expect(collector.all().at(-1)?.message).toBe("100 more warnings are not shown");
});

it("counts errors and warnings apart", () => {
  const collector = new DiagnosticCollector(lines, "f", VALIDATION_CATALOGUE);
  for (let line = 1; line <= 102; line += 1) {
    collector.add("LYC2601", "warning", at(line));
    collector.add("LYC2105", "error", at(line));
  }
  expect(collector.all().at(-1)?.message).toBe("2 more errors and 2 more warnings are not shown");
});

it("reports one problem once, and names its other lines", () => {
  const collector = new DiagnosticCollector(lines, "f", READING_CATALOGUE);
  for (const line of [3, 7, 7, 3, 9]) collector.add("LYC2006", "it", { ...at(line), about: "x" });
  collector.add("LYC2006", "it", { ...at(4), about: "y" });
  for (let line = 20; line <= 40; line += 1) collector.add("LYC2006", "that", { ...at(line), about: "z" });
  expect(collector.all().map(({ message, range }) => `${range?.start.line} ${message}`)).toEqual([
    "3 it (also in lines 7, 9)",
    "4 it",
    "20 that (also in lines 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 and more)",
  ]);
});

it("reports a variable that is not set once, where it is first written", () => {
  const { diagnostics } = validateCompose("services:\n  a:\n    image: i:$TAG\n    user: $TAG\n    hostname: $HOST\n");
  expect(diagnostics.filter(({ code }) => code === "LYC2308").map(({ message }) => message)).toEqual([
    "services.a.image holds the variable TAG, which is empty where the run happens (also in line 4)",
    "services.a.hostname holds the variable HOST, which is empty where the run happens",
  ]);
});
