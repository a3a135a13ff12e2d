import { formatOf, withoutEntities, withoutEscapes, withoutPercentSigns, withoutSingleEscapes } from "./formats";

test.each([
  ["notes.md", undefined, "prose"],
  ["app.py", "command", "code"],
  ["Dockerfile", undefined, "shell"],
  ["app.yaml", undefined, "yaml"],
  ["redis.conf", undefined, "settings"],
  ["app.xml", undefined, "xml"],
  ["init.sql", undefined, "sql"],
  ["app.properties", undefined, "properties"],
  ["", "command", "shell"],
  [undefined, "command", "shell"],
  [undefined, "labels", "unknown"],
  [undefined, undefined, "unknown"],
])("the format of the file %s, as the value of %s", (file, key, format) => expect(formatOf(file, key)).toBe(format));

test.each([
  ["double quotes, with codes of characters", withoutEscapes, "a\\x41\\u0042\\n\\0\\q", "aAB\n\0q"],
  ["double quotes, with control characters", withoutEscapes, "\\t\\r\\b\\f", "\t\r\b\f"],
  ["XML, with quotes", withoutEntities, "&gt;&quot;&apos;", ">\"'"],
  ["single quotes", withoutSingleEscapes, "a\\'b\\\\c\\n'\\''d", "a'b\\c\\n'd"],
  ["XML", withoutEntities, "&lt;&#65;&#x42;&amp;&nbsp;", "<AB&&nbsp;"],
  ["XML, with the last character of Unicode", withoutEntities, "&#x10ffff;", "\u{10ffff}"],
  ["XML, with a code after the last character of Unicode", withoutEntities, "&#x110000;", "&#x110000;"],
  ["an address", withoutPercentSigns, "a%40b", "a@b"],
  ["an address with a percent sign that is no escape", withoutPercentSigns, "100%b", "100%b"],
])("the value that a program gets from a text of %s", (_kind, decode, written, value) => {
  expect(decode(written)).toBe(value);
});
