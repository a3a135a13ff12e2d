import { isTextOf, textKindAt, textTypeAt, valueOfText } from "./typed-texts";

it.each([
  ["scale", "integer", "integer"],
  ["cpus", "number", "number"],
  ["tty", "boolean", "boolean"],
  ["stop_grace_period", "duration", undefined],
  ["mem_limit", "size", undefined],
  ["image", undefined, undefined],
])("the kind of text under the key %s is %s", (key, kind, type) => {
  const path = ["services", "web", key];
  expect([textKindAt(path), textTypeAt(path)]).toEqual([kind, type]);
});

it.each([
  ["-7", "integer", -7],
  ["7.5", "integer", undefined],
  ["7.5", "number", 7.5],
  ["1e-3", "number", 0.001],
  ["seven", "number", undefined],
  ["Yes", "boolean", true],
  ["off", "boolean", false],
  ["maybe", "boolean", undefined],
] as const)("%s as %s is %s", (text, type, value) => expect(valueOfText(text, type)).toBe(value));

it.each([
  ["1m30s", "duration", true],
  ["1", "duration", false],
  ["16k", "size", true],
  ["x", "size", false],
  ["0o37777777777", "umask", true],
  ["0x1f", "umask", true],
  ["few", "umask", false],
  ["0o40000000000", "umask", false],
  ["a 'b c'", "command", true],
  ["a 'b", "command", false],
  // Compose reads a doubled dollar sign as one character of a word.
  ["a $$", "command", true],
  ["2", "integer", true],
  ["nan", "integer", false],
  ["2", "number", true],
  ["nan", "number", true],
  ["x", "number", false],
] as const)("whether %s is a %s: %s", (text, kind, expected) => expect(isTextOf(text, kind)).toBe(expected));
