import { asTime, asWord, withOffset } from "./run-fields";

test.each([
  ["2026-03-01T12:00:10", "2026-03-01T12:00:10Z"],
  ["2026-03-01T12:00:10.123456", "2026-03-01T12:00:10.123456Z"],
  ["2026-03-01 12:00:10", "2026-03-01T12:00:10Z"],
  [" 2026-03-01T12:00 ", "2026-03-01T12:00Z"],
  ["2026-03-01T12:00:10Z", "2026-03-01T12:00:10Z"],
  ["2026-03-01T12:00:10+02:00", "2026-03-01T12:00:10+02:00"],
  ["yesterday", "yesterday"],
])("the time %s is recorded as %s", (time, unambiguous) => expect(withOffset(time)).toBe(unambiguous));

test.each<[unknown, string | undefined]>([
  ["2026-03-01 12:00:10", "2026-03-01T12:00:10Z"],
  [1772366410, "2026-03-01T12:00:10.000Z"],
  [1772366410.5, "2026-03-01T12:00:10.500Z"],
  [1772366410250, "2026-03-01T12:00:10.250Z"],
  ["1772366410", "2026-03-01T12:00:10.000Z"],
  [" 1772366410.25 ", "2026-03-01T12:00:10.250Z"],
  ["x1772366410", "x1772366410"],
  ["1772366410x", "1772366410x"],
  ["1772366410250", "2026-03-01T12:00:10.250Z"],
  [1e9, "2001-09-09T01:46:40.000Z"],
  [1e9 - 1, undefined],
  [1e11 - 1, "5138-11-16T09:46:39.000Z"],
  [1e11, "1973-03-03T09:46:40.000Z"],
  [253402300799e3, "9999-12-31T23:59:59.000Z"],
  [253402300799001, undefined],
  [12.5, undefined],
  [0, undefined],
  [Number.NaN, undefined],
  [1e300, undefined],
  [null, undefined],
  [true, undefined],
  ["", undefined],
])("%j is read as the time %s", (value, time) => expect(asTime(value)).toBe(time));

test.each<[string, unknown, string | undefined]>([
  ["a word", " running ", " running "],
  ["a word of 200 characters", "r".repeat(200), "r".repeat(200)],
  ["a word of 201 characters", "r".repeat(201), "r".repeat(200)],
  ["a word of spaces", " ", undefined],
  ["a number", 7, undefined],
])("the word that is recorded of %s", (_what, value, word) => expect(asWord(value)).toBe(word));
