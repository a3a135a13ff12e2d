import { inline, withCode } from "./markdown-text";

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
