// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import fc from "fast-check";
import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import { LARGEST_SUBSTITUTION, substitute } from "./template";

const values: Readonly<Record<string, string>> = { A: "a", EMPTY: "", D: "x$y", SECRET: "s" };
const lookup = (name: string) =>
  values[name] === undefined ? undefined : { text: values[name], secret: name === "SECRET" };
const put = (text: string) => substitute(text, lookup);

it.each([
  ["$A-${A}", "a-a"],
  ["$$A $$${A} $1 $ a$", "$A $a $1 $ a$"],
  ["${NO:-d}${EMPTY:-d}${A:-d}", "dda"],
  ["${NO-d}|${EMPTY-d}|${A-d}", "d||a"],
  ["${NO:+r}|${EMPTY:+r}|${A:+r}", "||r"],
  ["${NO+r}|${EMPTY+r}|${A+r}", "|r|r"],
  ["${A:?m}${EMPTY?m}", "a"],
  ["${NO:-${A}-${NO:-deep}}.", "a-deep."],
  ["${NO:-{x}}", "{x}"],
  ["${NO:-{}", "{"],
  ["${A:-{ }}|${A:-{x}y}", "a|a"],
  ["${A:-{}} }", "a"],
  ["${D}", "x$y"],
])("the text %s becomes %s", (text, expected) => {
  expect(put(text)).toMatchObject({ text: expected, errors: [] });
});

it.each([
  ["a ${", [{ kind: "broken", start: 2, end: 4 }]],
  ["${} x", [{ kind: "broken", start: 0, end: 3 }]],
  ["${A!}", [{ kind: "broken", start: 0, end: 5 }]],
  ["${NO:-a\nb}", [{ kind: "broken", start: 0, end: 10 }]],
  ["x ${NO:?m}", [{ kind: "required", name: "NO", start: 2, end: 10 }]],
  ["${EMPTY:?}", [{ kind: "required", name: "EMPTY", start: 0, end: 10 }]],
  ["${NO:-${NONE?}}", [{ kind: "required", name: "NONE", start: 6, end: 14 }]],
  ["${A:-${NO?}$NO}${NO:+${NO?}}", []],
  ["${A:-${}}", [{ kind: "broken", start: 5, end: 8 }]],
  ["$NO", [{ kind: "unset", name: "NO", start: 0, end: 3 }]],
])("%j has diagnostics with their positions", (text, errors) => {
  expect(put(text).errors).toEqual(errors);
});

it("reports whether a text contains a secret", () => {
  expect(put("${NO:-$SECRET}").secret).toBe(true);
  expect(put("${A:-$SECRET}").secret).toBe(false);
  expect(put("$A").secret).toBe(false);
});

it.each([
  ["$PWD", true],
  ["$PWD$A", true],
  ["${NO:-$PWD}", true],
  ["${A:-$PWD}", false],
  ["$PWD${A:-$A}", true],
  ["$A", false],
  ["text", false],
])("reports whether a text contains a value of this machine: %s", (text, ofMachine) => {
  const folder = { text: "/here", secret: false, ofMachine: true };
  expect(substitute(text, (name) => (name === "PWD" ? folder : lookup(name))).ofMachine).toBe(ofMachine);
});

it("keeps a text secret when one of its defaults is not used", () => {
  expect(put("$SECRET${A:-$A}")).toEqual({ text: "sa", secret: true, ofMachine: false, errors: [] });
});

it("limits the size of a text", () => {
  const largest = { text: "x".repeat(LARGEST_SUBSTITUTION), secret: false };
  expect(substitute("$A", () => largest)).toMatchObject({ text: largest.text, errors: [] });
  const large = { text: "x".repeat(600_000), secret: false };
  const result = substitute("$A$A$A", () => large);
  // The error is reported once, for the variable with which the text becomes too large.
  expect(result.errors).toEqual([{ kind: "large", start: 2, end: 4 }]);
  expect(result.text).toHaveLength(600_000);
  expect(substitute("${A:-$A$A}", () => large).errors).toEqual([{ kind: "large", start: 7, end: 9 }]);
});

it("is bounded and never throws, whatever the text", () => {
  const piece = fc.constantFrom("$", "{", "}", "A", ":-", ":?", "+", "x", "\n", "$$");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
      const text = pieces.join("");
      for (const { start, end } of put(text).errors)
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
    }),
  );
});

it("turns an escaped text back into the original text", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(put(escapeDollars(text)).text).toBe(text);
      expect(unescapeDollars(escapeDollars(text))).toBe(text);
    }),
  );
});
