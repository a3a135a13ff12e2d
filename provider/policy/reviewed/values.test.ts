import { areEqual, differentValues, type ReviewedValue, valueText } from "./values";

const known: ReviewedValue = { digest: "d1", text: "a" };
const other: ReviewedValue = { digest: "d2", text: "b" };
const long: ReviewedValue = { digest: "d3" };
const unknown: ReviewedValue = { unknown: true };
const secret: ReviewedValue = { secret: "s1" };
const otherSecret: ReviewedValue = { secret: "s2" };
const anySecret: ReviewedValue = { secret: true };

test.each<[string, ReviewedValue | undefined, ReviewedValue | undefined, boolean]>([
  ["the same value", known, { digest: "d1" }, true],
  ["another value", known, other, false],
  ["no value twice", undefined, undefined, true],
  ["a value that is gone", known, undefined, false],
  ["a value that is new", undefined, known, false],
  ["two values that are not known yet", unknown, unknown, true],
  ["a value that was not known yet", unknown, known, false],
  ["a value that is no longer known", known, unknown, false],
  ["a secret that was not known yet", unknown, secret, false],
  ["the same secret", secret, { secret: "s1" }, true],
  ["another secret", secret, otherSecret, false],
  ["a secret without a digest, and one with a digest", anySecret, secret, true],
  ["a secret with a digest, and one without", secret, anySecret, true],
  ["a value that became secret", known, secret, false],
  ["a secret that became public", secret, known, false],
])("in a review, %s: equal %s", (_name, one, two, expected) => {
  expect(areEqual(one, two)).toBe(expected);
});

test.each<[ReviewedValue | undefined, string]>([
  [undefined, "none"],
  [unknown, "not known yet"],
  [secret, "a secret"],
  [known, "a"],
  [long, "a longer value"],
])("the value %o is shown as %s", (value, text) => {
  expect(valueText(value)).toBe(text);
});

describe("what differs from a review", () => {
  const paths = (...call: Parameters<typeof differentValues>) => differentValues(...call).map(({ path }) => path);

  test("is everything that changed, is new, or is gone, in the order of paths", () => {
    expect(paths({ b: known, c: known, d: known }, { a: known, b: other, c: known })).toEqual(["a", "b", "d"]);
  });

  test("is not what the review lists as not known, or what is inside of it", () => {
    expect(paths({ env: unknown }, { env: known })).toEqual([]);
    expect(paths({ env: unknown }, { "env.A": known })).toEqual([]);
    expect(paths({ env: unknown }, { environment: known })).toEqual(["environment"]);
  });

  test("is a secret that is in plaintext now, except in the provider, which receives plaintext", () => {
    expect(paths({ key: secret }, { key: known })).toEqual(["key"]);
    expect(paths({ key: secret }, { key: known }, true)).toEqual([]);
  });
});
