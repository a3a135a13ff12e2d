import { CST, Lexer } from "yaml";
import { FlowDepth } from "./flow-depth";

/** Returns the open levels after each token of a text that is not blank. */
function levelsOf(text: string) {
  const flow = new FlowDepth();
  return [...new Lexer().lex(text)].flatMap((lexeme) => {
    const isContent = flow.isContent;
    flow.next(lexeme);
    const type = CST.tokenType(lexeme);
    if (!isContent && (type === null || type === "space" || type === "scalar" || type === "doc-mode")) return [];
    return [isContent ? "text" : `${flow.depth}/${flow.opened}`];
  });
}

test.each([
  ["brackets", "[[a], b]", ["1/0", "2/0", "text", "1/0", "1/0", "text", "0/0"]],
  ["brackets and braces", "[{a}]", ["1/0", "2/0", "text", "1/0", "0/0"]],
  ["a bracket in a text", "'[' \n", ["0/0", "0/0"]],
  ["list items and keys of one line", "- ? a\n", ["0/1", "0/2", "text", "0/0"]],
  ["keys of two lines", "a:\n  b: c\n", ["text", "0/1", "0/0", "text", "0/1", "text", "0/0"]],
  ["a colon in brackets", "[a: b]", ["1/0", "text", "1/0", "text", "0/0"]],
  ["a bracket that was not open", "a: ]\nb: [c]", ["text", "0/1", "0/1", "0/0", "text", "0/1", "1/1", "text", "0/1"]],
])("counts the levels of %s", (_what, text, levels) => {
  expect(levelsOf(text)).toEqual(levels);
});
