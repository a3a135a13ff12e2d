// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { validateCompose } from "..";
import { web } from "../testing/fixture";

/** `code@line:column` of each diagnostic about a variable. */
const marks = (text: string) =>
  validateCompose(text).diagnostics.flatMap(({ code, range }) =>
    /^LYC(?:23(?:08|09|10)|2113)$/.test(code) ? [`${code}@${range?.start.line}:${range?.start.column}`] : [],
  );

test.each([
  ["two variables", "user: $A$B", ["LYC2308@4:11", "LYC2308@4:13"]],
  ["a variable twice", "user: ${A:?} ${A:?}", ["LYC2309@4:11", "LYC2309@4:18"]],
  ["a variable before one that is not closed", "user: '${A:?} ${'", ["LYC2309@4:12", "LYC2310@4:19"]],
  ["a variable that an escape writes", 'user: "\\u0024{A:?}"', ["LYC2309@4:11"]],
  [
    "a variable twice around an escape",
    'user: "${A:?}\\u0024{B:?}${A:?}"',
    ["LYC2309@4:11", "LYC2309@4:12", "LYC2309@4:29"],
  ],
  ["a default", "user: ${A:-b}", []],
  ["a replacement that is not used", "user: '${A:+${B:?}$C}'", ["LYC2113@4:17"]],
  ["a message that is not printed", "user: '${A:?${B:?}}'", ["LYC2309@4:12", "LYC2113@4:17"]],
  ["a default that is used", "user: '${A:-${B:?}}'", ["LYC2309@4:17"]],
  ["doubled dollar signs", "user: $$A", []],
  ["numbers and lists", "dns: [$A, '1', x]\n    scale: 2", ["LYC2308@4:11"]],
])("%s in a text: %s", (_, settings, expected) => expect(marks(web(settings))).toEqual(expected));

test("a variable is reported once, although several services share its value", () => {
  const text =
    "x-a: &a {a: '${A:?}', b: '${B:?}'}\nservices:\n  a: {image: i, labels: *a}\n  b: {image: i, labels: *a}\n";
  expect(marks(text)).toEqual(["LYC2309@1:14", "LYC2309@1:27"]);
});

test("a replacement for a variable that is set needs its own variables", () => {
  const { diagnostics } = validateCompose(web("user: '${A:+${B:?}}'"), { variables: new Set(["A"]) });
  expect(diagnostics.map(({ code }) => code)).toEqual(["LYC2309"]);
});

test("a variable is underlined without the text around it", () => {
  const text = web("user: a${B:?}c");
  const [{ range } = {}] = validateCompose(text).diagnostics;
  expect(text.slice(range?.start.offset, range?.end.offset)).toBe("${B:?}");
});
