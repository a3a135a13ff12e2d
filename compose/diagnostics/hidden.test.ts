import { withDots, withEscapes } from "./hidden";

const signs = [..."\u{e0041}\u0000\u001b\r\u007f\u009b\u00ad\u2028\u202e\u2066\u200b\ufeff\ud83d"];

test.each(signs)("a dot of the same width replaces a hidden character: %j", (sign) => {
  expect(withDots(`a${sign}b\tc\nd`)).toBe("a·b\tc·d");
});

test.each(signs)("JSON with escapes parses to the same value: %j", (sign) => {
  const json = withEscapes(JSON.stringify({ a: `x${sign}y` }));
  expect(json).not.toContain(sign);
  expect(JSON.parse(json)).toEqual({ a: `x${sign}y` });
});
