import { cell, fenced, inline, tableRows, withCode } from "./markdown-text";

test.each([
  ["Lower `timeout`.", "Lower `timeout`."],
  ["a_b `c_d` e*f", "a\\_b `c_d` e\\*f"],
  ["`a` and ` alone @user", "`a` and \\` alone \\@user"],
  ["``", "\\`\\`"],
  ["`a\nb` <b>", "\\`a\nb\\` \\<b\\>"],
  ["\\`a`", "\\\\`a`"],
])("code stays code, and no other text has an effect: %j", (text, expected) => {
  expect(withCode(text)).toBe(expected.replaceAll("\\@", inline("@")).replaceAll("\\<b\\>", inline("<b>")));
});

test("a row of a table is one line, and its cells have no other effect", () => {
  expect(cell("a\nb|c\nd")).toBe("a b\\|c d");
  expect(tableRows([["a", "b|"], ["*"]])).toBe("| a | b\\| |\n| \\* |");
});

test.each([
  [["a", "b"], "```\na\nb\n```"],
  [["``", "`a`"], "```\n``\n`a`\n```"],
  [["```", "a"], "````\n```\na\n````"],
  [["a ````` b"], "``````\na ````` b\n``````"],
])("the fence of a code block is longer than any in its lines: %p", (lines, block) => {
  expect(fenced(lines)).toBe(block);
});
