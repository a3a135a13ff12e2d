import fc from "fast-check";
import { matchesPattern, matchesPrefix, patternError } from "./glob";

test.each([
  ["prod", "prod", true],
  ["prod", "prod-eu", false],
  ["prod-*", "prod-eu", true],
  ["prod-*", "prod-", true],
  ["prod-*", "prod", false],
  ["prod-*", "preprod-eu", false],
  ["*-eu-*", "prod-eu-1", true],
  ["*", "", true],
  ["*", "a/b", false],
  ["aws:rds/*", "aws:rds/instance:Instance", true],
  ["aws:rds/*", "aws:rds", false],
  ["gpu.*", "gpu.a100", true],
  ["gpu.*", "gpuxa100", false],
  ["GPU.*", "gpu.a100", false],
  ["a*a", "a", false],
  ["a*b*b", "ab", false],
  ["(a|b)+$", "a", false],
])("%s matches %s: %s", (pattern, name, expected) => {
  expect(matchesPattern(pattern, name)).toBe(expected);
});

test.each([
  ["ghcr.io/acme", "ghcr.io/acme/web", true],
  ["ghcr.io/acme", "ghcr.io/acme-evil/web", false],
  ["ghcr.io/*/base", "ghcr.io/acme/base/web", true],
  ["ghcr.io/*/base", "ghcr.io/base", false],
  ["*.example.com", "eu.example.com/web", true],
  ["*.example.com", "evil.example/x.example.com/web", false],
])("%s is a folder of %s: %s", (pattern, name, expected) => {
  expect(matchesPrefix(pattern, name)).toBe(expected);
});

test.each(["", "a b", "a?", "[ab]", "{a,b}", "!a", "a\\*", "**", `${"a".repeat(257)}`])(
  "%j is not a pattern",
  (text) => {
    expect(patternError(text)).toMatch(/^(is|has) /);
  },
);
test.each(["*", "prod-*", "a/*/b", "aws:rds/*", "o/p/prod"])("%j is a pattern", (text) => {
  expect(patternError(text)).toBeUndefined();
});

const piece = fc.string({ unit: fc.constantFrom("a", "b", ".", "/", "$"), maxLength: 6 });

test("a pattern matches what a regular expression of the same meaning matches", () => {
  const pattern = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join("*"));
  const name = fc.string({ unit: fc.constantFrom("a", "b", ".", "/", "$"), maxLength: 12 });
  fc.assert(
    fc.property(pattern, name, (one, text) => {
      const meaning = one.split("*").map((part) => part.replace(/[.$]/g, "\\$&"));
      expect(matchesPattern(one, text)).toBe(new RegExp(`^${meaning.join("[^/]*")}$`).test(text));
    }),
    { numRuns: 2000 },
  );
});

test("a pattern matches every name that is made by filling its stars", () => {
  const filler = fc.string({ maxLength: 8 }).filter((text) => !text.includes("/"));
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 2, maxLength: 5 }),
      fc.array(filler, { minLength: 4, maxLength: 4 }),
      (pieces, fillers) => {
        const name = pieces.map((one, at) => (at === 0 ? one : `${fillers[at - 1]}${one}`)).join("");
        expect(matchesPattern(pieces.join("*"), name)).toBe(true);
      },
    ),
  );
});
