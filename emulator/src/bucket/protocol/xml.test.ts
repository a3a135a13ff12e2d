import { type XmlChild, xmlDocument, xmlError } from "./xml";

const inner = (text: string) => /<A .*?>(.*)<\/A>/s.exec(xmlDocument("A", text))?.[1];

test.each([
  ["the signs of XML", `<&>"'`, "&lt;&amp;&gt;&quot;&apos;"],
  ["line ends and tabs", "\t\n\r", "&#9;&#10;&#13;"],
  ["control characters that XML can name", "\x7f\x80\x9f", "&#127;&#128;&#159;"],
  ["control characters that XML cannot have", "\0\x01\x1f", "\ufffd\ufffd\ufffd"],
  ["signs that are none", "\ufffe\uffff", "\ufffd\ufffd"],
  ["other signs", "aü\u{1f600}\ufffd", "aü\u{1f600}\ufffd"],
])("%s are written so that each client can read them", (_what, text, expected) => {
  expect(inner(text)).toBe(expected);
});

test("a child without content is left out, and false, 0 and an empty text are contents", () => {
  const fields: readonly XmlChild[] = [
    ["A", undefined],
    ["B", false],
    ["C", 0],
    ["D", ""],
    ["E", [undefined, ["F", "f"]]],
  ];
  expect(xmlError(fields)).toMatch(/<Error><B>false<\/B><C>0<\/C><D><\/D><E><F>f<\/F><\/E><\/Error>$/);
});
