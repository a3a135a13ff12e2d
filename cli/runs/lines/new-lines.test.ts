import fc from "fast-check";
import type { LogLine } from "../../../provider/lyceum/port";
import { afterPrinting, NOTHING_PRINTED, newLines, type Printed } from "./new-lines";

const line = (message: string, at?: number): LogLine =>
  at === undefined ? { message } : { message, timestamp: String(at), service: "web" };

/** Returns the lines that are printed for several answers, one after another. */
function printedOf(answers: readonly (readonly LogLine[])[]): readonly string[] {
  let printed: Printed = NOTHING_PRINTED;
  return answers.flatMap((answer) => {
    const lines = newLines(printed, answer);
    printed = afterPrinting(printed, answer, lines);
    return lines.map(({ message }) => message);
  });
}

const log = Array.from({ length: 60 }, (_, index) => line(`line ${index % 7}`, index));
const messagesOf = (lines: readonly LogLine[]) => lines.map(({ message }) => message);

test("of a longer answer, only the lines after the last printed line are printed", () => {
  expect(printedOf([[], log.slice(0, 3), log.slice(0, 3), log])).toEqual(messagesOf(log));
});

test("an empty answer or a part of the log causes no repeated lines", () => {
  expect(printedOf([log.slice(0, 30), [], log.slice(0, 10), log])).toEqual(messagesOf(log));
  expect(printedOf([log.slice(0, 30), log.slice(20, 45), log.slice(40)])).toEqual(messagesOf(log));
});

test.each([1, 15, 40])("a late line, %d lines back, is printed once, and no other line again", (back) => {
  const late = { message: "late", timestamp: "17.5", service: "db" };
  const inserted = [...log.slice(0, log.length - back), late, ...log.slice(log.length - back)];
  expect(printedOf([log, inserted, inserted])).toEqual([...messagesOf(log), "late"]);
});

test("the output of the record adds no line that the log has, in any order", () => {
  const bare = [...log].reverse().map(({ message }) => line(message));
  expect(printedOf([log.slice(0, 40), bare, log])).toEqual(messagesOf(log));
});

test("a log that becomes readable continues where the record ended", () => {
  const bare = log.map(({ message }) => line(message));
  expect(printedOf([bare.slice(0, 20), bare.slice(0, 40), log.slice(0, 50), log])).toEqual(messagesOf(log));
});

test("whatever the lines and their parts, each line is printed as often as it occurs", () => {
  const lines = fc
    .array(fc.constantFrom("a", "b", ""), { maxLength: 60 })
    .map((all) => all.map((message, at) => line(message, Math.floor(at / 3))));
  const parts = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { maxLength: 8 });
  fc.assert(
    fc.property(lines, parts, (all, ends) => {
      const answers = [...ends.map(([from, to]) => all.slice(Math.min(from, to), Math.max(from, to))), all];
      expect([...printedOf(answers)].sort()).toEqual([...messagesOf(all)].sort());
    }),
  );
});
