// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how an env file writes a variable
import fc from "fast-check";
import { type EnvFormat, readEnvFile } from "./dotenv";

const given = (name: string) => (name === "GIVEN" ? { text: "given", secret: false } : undefined);
const earlier = (name: string) =>
  ["A", "EARLIER", "GIVEN"].includes(name) ? { text: "earlier", secret: true } : undefined;
const read = (text: string, format?: EnvFormat) => {
  const { entries, errors } = readEnvFile(text, { given, earlier }, format);
  return { values: Object.fromEntries(entries.map(({ name, value }) => [name, value])), errors };
};

it.each([
  ["A=1\nB = two words  # note\nC=a#b", { A: "1", B: "two words", C: "a#b" }],
  ["# note\n\nexport A=1\nB: yaml\n", { A: "1", B: "yaml" }],
  ["export\u00a0A=1\n", { "export\u00a0A": "1" }],
  ['A=\'$GIVEN \\n\'\nB="$GIVEN\\n\\$GIVEN \\"q\\""', { A: "$GIVEN \\n", B: 'given\n$GIVEN "q"' }],
  ["GIVEN\nNO\nA=", { GIVEN: "given", A: "" }],
  [
    "B=$A\nA=own\nC=$A-$GIVEN-$EARLIER\nEARLIER\n",
    { B: "earlier", A: "own", C: "own-given-earlier", EARLIER: "earlier" },
  ],
  ["A=v\r\nB=w\r\n", { A: "v", B: "w" }],
  ["\ufeffA=1", { A: "1" }],
  ['A="\\0101\\x"', { A: "A\\x" }],
  ["\ufeff# note\nA=1", { A: "1" }],
  ["A\t\v\f\r \u00a0=\v1", { A: "1" }],
  ["A=an export 1", { A: "an export 1" }],
  ["export\n\tA=1\nexports=2", { A: "1", exports: "2" }],
  ["A='it\\'s'", { A: "it's" }],
  ['A="\\a\\b\\f\\r\\t\\v\\c\\\\"', { A: "\u0007\b\f\r\t\v\\c\\" }],
  ['A="\\038\\01010"', { A: "\\038A0" }],
  ['A="\\0377\\0400"', { A: "\u00ff\\0400" }],
  ["A='1'\nB=\"2\"\n\n  ", { A: "1", B: "2" }],
])("reads %j", (text, values) => {
  expect(read(text)).toEqual({ values, errors: [] });
});

it("does not change any line if the format is raw", () => {
  const text = '\ufeffA="quoted" # kept\n  # note\nB=$GIVEN\nGIVEN\nEARLIER\nNO\nC=a\rb\r\n';
  const values = { A: '"quoted" # kept', B: "$GIVEN", GIVEN: "given", EARLIER: "earlier", C: "a\rb" };
  expect(read(text, "raw")).toEqual({ values, errors: [] });
});

it.each([
  ["A=1\nB C=2", "dotenv", 4, 7],
  ["A=1\nB!=2", "dotenv", 5, 6],
  ["A=1\nNAME", "dotenv", 4, 8],
  ["A='1", "dotenv", 2, 3],
  ["A=${", "dotenv", 2, 4],
  ["A=1\n=2", "raw", 4, 6],
  ["A B=1", "raw", 0, 5],
] as const)("reports where %j cannot be read", (text, format, start, end) => {
  expect(read(text, format).errors).toEqual([{ message: expect.any(String), start, end }]);
});

it("has the position of each value, with its quotes", () => {
  const { entries } = readEnvFile('A=1 # n\nB="2"\n', { given, earlier });
  expect(entries).toEqual([
    { name: "A", value: "1", start: 2, end: 3 },
    { name: "B", value: "2", start: 10, end: 13 },
  ]);
  expect(readEnvFile("\n A=1\nGIVEN\n", { given, earlier }, "raw").entries).toEqual([
    { name: "A", value: "1", start: 4, end: 5 },
    { name: "GIVEN", value: "given", start: 6, end: 11 },
  ]);
});

it.each([
  ["A=${NONE:?}", "a variable that must be set is not"],
  ["A=${", "a variable is not closed or has no name"],
  ["A=$NONE", undefined],
])("the error of %s: %s", (text, message) => expect(read(text).errors[0]?.message).toBe(message));

it("limits the size of a value", () => {
  const large = () => ({ text: "x".repeat(600_000), secret: false });
  const { errors } = readEnvFile('A="$A$A"', { given: large, earlier });
  expect(errors).toEqual([{ message: "a value grows too large with its variables", start: 2, end: 8 }]);
});

it("is bounded and never throws, and positions are inside the text", () => {
  const piece = fc.constantFrom("export ", ..."A=:\n'\"\\${} #\ré\ufeff");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 300 }), fc.constantFrom<EnvFormat>("dotenv", "raw"), (pieces, format) => {
      const text = pieces.join("");
      const { entries, errors } = readEnvFile(text, { given, earlier }, format);
      for (const { start, end } of [...entries, ...errors]) {
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }
    }),
  );
});
