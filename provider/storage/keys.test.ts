import { StorageError } from "./errors";
import { beginningsOf, validKey, validPrefix } from "./keys";

const codeOf = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    return StorageError.isInstance(error) ? error.code : String(error);
  }
};

test.each([
  ["a.txt", "a.txt"],
  ["data/ü b+c.txt", "data/ü b+c.txt"],
  ["a".repeat(1024), "a".repeat(1024)],
  ["a".repeat(1025), "LYC6009"],
  ["ü".repeat(513), "LYC6009"],
  ["", "LYC6009"],
  ["/a", "LYC6009"],
  ["a/", "LYC6009"],
  ["a//b", "LYC6009"],
  ["a/./b", "LYC6009"],
  ["../a", "LYC6009"],
  ["a\nb", "LYC6009"],
  ["a\u202eb", "LYC6009"],
  ["a\ud800", "LYC6009"],
  ["..a/b..", "..a/b.."],
])("the key %j is %s", (key, expected) => {
  expect(codeOf(() => validKey(key))).toBe(expected);
});

test.each([
  ["", ""],
  ["/", ""],
  ["/data/", "data/"],
  ["data", "data"],
  ["data/", "data/"],
  ["data//", "LYC6009"],
  ["../data", "LYC6009"],
])("the prefix %j is %s", (prefix, expected) => {
  expect(codeOf(() => validPrefix(prefix))).toBe(expected);
});

test("an error shows at most 200 characters of a name", () => {
  expect(() => validPrefix(`../${"x".repeat(197)}`)).toThrow(`"../${"x".repeat(197)}" is not`);
  expect(() => validPrefix(`../${"x".repeat(198)}`)).toThrow(`"../${"x".repeat(197)}" is not`);
});

test("an error repeats the name as it was given, and says what is wrong", () => {
  expect(() => validPrefix("../data")).toThrow('"../data" is not a valid name: a part of it is `..`.');
});

test.each([
  [[], []],
  [["a/b/c.txt"], ["a/b/c.txt"]],
  [["a/b/c", "a/b/cd", "a/b/d/e"], ["a/b/"]],
  [["a/b/c", "a/b2/c"], ["a/"]],
  [
    ["a/b", "c/d", "c/e", "top"],
    ["a/b", "c/", "top"],
  ],
])("the beginnings of %j are %j", (keys, beginnings) => {
  expect(beginningsOf(keys)).toEqual(beginnings);
});
