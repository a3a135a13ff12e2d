import { argumentsBefore, MOST_ARGUMENTS } from "./secret-rules";

const LONGEST = "a".repeat(200);
const many = Array.from({ length: MOST_ARGUMENTS + 2 }, (_, index) => `${index}`);

it.each([
  ["nothing before the first", ["a", "b"], 0, undefined],
  ["the words before an argument", ["login", "-p", "b"], 2, "login -p"],
  ["an empty text in place of what is no text", [1, "", null, "a", "b"], 4, '"" "" "" a'],
  ["an empty text in place of a long argument", [LONGEST, `${LONGEST}a`, "b"], 2, `${LONGEST} ""`],
  ["the last arguments of many", many, MOST_ARGUMENTS + 1, many.slice(1, -1).join(" ")],
])("has %s", (_, items, index, expected) => expect(argumentsBefore(items, index)).toBe(expected));
