// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { escapeDollars, holdsLoneDollar, holdsVariable, Template, unescapeDollars } from "./interpolation";

const partsOf = (text: string) =>
  [...new Template(text).parts()].map((part) => {
    if (part.kind === "text") return part.text;
    const { start, end } = part;
    if (part.kind === "broken") return { broken: text.slice(start, end) };
    const { name, when, orEmpty, argument } = part;
    return [name, when, orEmpty, argument && text.slice(argument.start, argument.end)];
  });

it.each([
  ["a$B c", ["a", ["B", "plain", false, undefined], " c"]],
  ["${A}", [["A", "plain", false, undefined]]],
  ["${A:-b}c", [["A", "default", true, "b"], "c"]],
  ["${A:-b}\n", [["A", "default", true, "b"], "\n"]],
  ["${A-b}", [["A", "default", false, "b"]]],
  ["${A:?b}", [["A", "required", true, "b"]]],
  ["${A+b}", [["A", "replacement", false, "b"]]],
  ["a$$b", ["a", "$", "b"]],
  ["a$", ["a", "$"]],
  ["$1", ["$", "1"]],
  ["${A", [{ broken: "${" }, "A"]],
  ["${1}", [{ broken: "${1}" }]],
  ["${A!b}", [{ broken: "${A!b}" }]],
  ["${A:-b\n}", [{ broken: "${A:-b\n}" }]],
  ["$A\u017f", [{ broken: "$A\u017f" }]],
  ["${A\u212a}", [{ broken: "${A\u212a}" }]],
])("the parts of %j", (text, parts) => expect(partsOf(text)).toEqual(parts));

it("reads defaults in defaults up to a depth of twenty", () => {
  const { argument, ...outer } = [...new Template("${A:-${B:-c}d}").parts()][0] as { argument?: { depth: number } };
  expect(outer).toMatchObject({ kind: "variable", name: "A" });
  expect(argument).toEqual({ start: 5, end: 13, depth: 1 });
  const text = "x${A:-${B:-c}}$D";
  const template = new Template(text);
  const inner = (depth: number) => [...template.parts({ start: 6, end: 13, depth })];
  expect(inner(20)).toMatchObject([{ kind: "variable", name: "B", argument: { depth: 21 } }]);
  expect(inner(21)).toMatchObject([{ kind: "broken", start: 6, end: 13 }]);
});

it("ends at the end of an argument", () => {
  expect([...new Template("$A$B").parts({ start: 0, end: 2, depth: 0 })]).toHaveLength(1);
  expect([...new Template("a$B").parts({ start: 0, end: 1, depth: 0 })]).toEqual([{ kind: "text", text: "a" }]);
});

it.each([
  ["$A", true, true],
  ["a ${", true, true],
  ["$$A", false, false],
  ["$$$A", true, true],
  ["$1", false, true],
  ["a$", false, true],
  ["$1 $A", true, true],
  ["plain", false, false],
])("whether %s has a variable: %s, or a dollar sign alone: %s", (text, variable, alone) => {
  expect([holdsVariable(text), holdsLoneDollar(text)]).toEqual([variable, alone]);
});

it.each([
  ["a", "a"],
  ["$a$", "$$a$$"],
])("escapes %s as %s", (text, escaped) => {
  expect(escapeDollars(text)).toBe(escaped);
  expect(unescapeDollars(escaped)).toBe(text);
});
