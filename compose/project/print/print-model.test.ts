import { readCompose } from "../../yaml/read";
import { printModel } from "./print-model";

const modelOf = (text: string) => ({
  services: {
    web: { image: "i", command: ["run", text], environment: { TEXT: text, [text.replaceAll("\n", " ")]: "x" } },
  },
});

// A terminal or the log of a pipeline shows a bundle, and a stranger may have written the values of the bundle.
test.each([
  ["the direction of text in a block", "one\ntwo \u202e\u2066owt\u2069\nthree"],
  ["the direction of text in a line", "abc \u202acba\u202c"],
  ["signs without width in a block", "one\nt\u200bwo\u00ad\n"],
  ["a workflow command in a block", "one\n::error file=a::b\ntwo"],
  ["an indented workflow command in a block", "one\n  ::set-env name=a::b\ntwo"],
  ["a workflow command in the first line of a block", "::add-mask::x\ntwo"],
  ["a workflow command alone", "::error::x"],
  ["a workflow command in a long text that cannot be a block", `${"one ".repeat(20)}\n::error::x and more text\n\n`],
  ["an older workflow command in a block", "one\n##[error]x\ntwo"],
  ["an older workflow command in a line", "a ##[error]x"],
])("a printed bundle has no effect in a terminal or pipeline, and keeps its meaning: %s", (_name, text) => {
  const printed = printModel(modelOf(text));
  // No part of the text is a command for a terminal or a pipeline.
  expect(printed).not.toMatch(/(?![\t\n])\p{Cc}|^\s*::|##[A-Za-z]*\[/mu);
  const read = readCompose(printed);
  expect(read.kind === "document" && read.model).toEqual(modelOf(text));
});

test.each([
  ["an empty line in a block", "one\n\ntwo\n", "|\n  one\n\n  two\n"],
  ["a text that ends with empty lines", "one two\n\n", '"one two\\n\\n"\n'],
  ["a long text that ends with empty lines", `${"x".repeat(40)}\n\n`, `"${"x".repeat(40)}\n\n  \\n"\n`],
  ["a text with a sign that some readers do not accept", "one\ntwo \uffff\nthree", '"one\\ntwo \\uffff\\nthree"\n'],
])("%s is printed in this form", (_name, text, expected) =>
  expect(printModel({ "x-a": text })).toBe(`x-a: ${expected}`),
);

test("ordinary text of several lines stays a block, with signs of every language", () => {
  expect(printModel({ "x-a": "zwei: Größe\n  eingerückt ::\n日本 # [x]\n" })).toBe(
    "x-a: |\n  zwei: Größe\n    eingerückt ::\n  日本 # [x]\n",
  );
});

test.each([
  "a line of this text is one space, and its end is not a letter\n \nweb=aa\t",
  "two such lines behind one another, in a text that is longer\n \n \nthan the shortest that is folded ",
  "a longer one, which yaml writes rightly on several lines:\n  \n   \nend\t",
])("a line of only spaces is read back unchanged: %j", (content) => {
  const model = { configs: { a: { content } }, services: { web: { image: "i" } } };
  const read = readCompose(printModel(model));
  expect(read.kind === "document" && read.model).toEqual(model);
});

test("a value that two parts share is printed twice, without an anchor", () => {
  const shared = { image: "i" };
  expect(printModel({ services: { a: shared, b: shared } })).toBe(
    "services:\n  a:\n    image: i\n  b:\n    image: i\n",
  );
});
