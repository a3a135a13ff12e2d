import { shownJson } from "../../reports/json";
import { linePrinter } from "./log-lines";

const style = { timestamps: false, prefix: true, raw: false };
const lines = [
  { message: "ready", service: "db", timestamp: "2026-03-01T12:00:00Z" },
  { message: "::error::no command of a pipeline", service: "worker" },
  { message: "without a service" },
];

test("the service is before the line, padded to the longest name", () => {
  const print = linePrinter({ color: false }, style);
  expect(print(lines)).toBe("db      | ready\nworker  | : :error::no command of a pipeline\nwithout a service");
});

test("times are printed only with the option for them, and services can be left out", () => {
  const print = linePrinter({ color: false }, { timestamps: true, prefix: false, raw: false });
  expect(print(lines)).toBe("2026-03-01T12:00:00Z ready\n: :error::no command of a pipeline\nwithout a service");
});

test("each service keeps its color", () => {
  const print = linePrinter({ color: true }, style);
  const first = print(lines.slice(0, 2));
  expect(first).toContain("\u001b[36mdb      | \u001b[0mready");
  expect(first).toContain("\u001b[33mworker  | \u001b[0m");
  expect(print([{ message: "again", service: "db" }])).toBe("\u001b[36mdb      | \u001b[0magain");
});

test("the first twelve services have different colors of the terminal, and then the colors begin again", () => {
  const names = Array.from({ length: 13 }, (_none, at) => `s${at}`);
  const text = linePrinter({ color: true }, style)(names.map((service) => ({ message: "", service })));
  const colors = [...text.matchAll(/\[(\d+)ms/g)].map(([, color]) => Number(color));
  // 31 to 36 and 91 to 96 are the colors of a terminal except black and white.
  expect(colors.slice(0, 12).sort()).toEqual([31, 32, 33, 34, 35, 36, 91, 92, 93, 94, 95, 96]);
  expect(colors[12]).toBe(colors[0]);
});

test.each([
  ["a terminal", "\u001b[2J\u001b]0;title\u0007gone\u202e", "gone·"],
  ["a terminal that opens links", "\u001b]8;;https://a.example\u0007here\u001b]8;;\u0007", "here"],
  ["GitHub", "\t::add-mask::a", "\t: :add-mask::a"],
  ["GitHub's older form", "a ##[error]b", "a # #[error]b"],
  ["Azure Pipelines", "##vso[task.complete result=Failed]", "# #vso[task.complete result=Failed]"],
])("a line, its time and its service have no effect in %s, unless they are printed raw", (_where, hostile, shown) => {
  const line = { message: hostile, service: "a", timestamp: hostile };
  const printed = (raw: boolean, prefix: boolean) =>
    linePrinter({ color: false }, { timestamps: true, prefix, raw })([line]);
  expect([printed(false, true), printed(false, false)]).toEqual([`a  | ${shown} ${shown}`, `${shown} ${shown}`]);
  expect([printed(true, true), printed(true, false)]).toEqual([`a  | ${hostile} ${hostile}`, `${hostile} ${hostile}`]);
});

test("a line as JSON has no effect either, and parses to the same value", () => {
  const line = { message: "##vso[a]\u009b2J\u007f\u202e ##[error]", timestamp: "##teamcity[a]" };
  const shown = shownJson(line, 0);
  expect(shown).toMatch(/^[ -~]*$/);
  expect(shown).not.toContain("##");
  expect(JSON.parse(shown)).toEqual(line);
});
