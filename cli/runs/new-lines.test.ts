import fc from "fast-check";
import type { LogLine } from "../../provider/lyceum/port";
import { afterPrinting, newLines, nothingPrinted, type Printed } from "./new-lines";

const line = (message: string, at?: number): LogLine =>
  at === undefined ? { message } : { message, timestamp: String(at), service: "web" };

/** What is printed of several answers, one after the other. */
function printedOf(answers: readonly (readonly LogLine[])[]): {
  readonly messages: readonly string[];
  readonly gaps: number;
} {
  let printed: Printed = nothingPrinted;
  let gaps = 0;
  const messages = answers.flatMap((answer) => {
    const { lines, isGap } = newLines(printed, answer);
    printed = afterPrinting(printed, answer, lines);
    gaps += isGap ? 1 : 0;
    return lines.map(({ message }) => message);
  });
  return { messages, gaps };
}

const log = Array.from({ length: 60 }, (_, index) => line(`line ${index % 7}`, index));
const messagesOf = (lines: readonly LogLine[]) => lines.map(({ message }) => message);

test("an answer that grows is printed from where the last one ended", () => {
  expect(printedOf([[], log.slice(0, 3), log.slice(0, 3), log])).toEqual({ messages: messagesOf(log), gaps: 0 });
});

test("an answer that is empty for once takes nothing back", () => {
  expect(printedOf([log.slice(0, 30), [], log])).toEqual({ messages: messagesOf(log), gaps: 0 });
});

test("an answer that holds the newest lines only goes on where they overlap", () => {
  expect(printedOf([log.slice(0, 30), log.slice(20, 45), log.slice(40)])).toEqual({
    messages: messagesOf(log),
    gaps: 0,
  });
});

test("lines that are in no answer are a gap, and it is told", () => {
  const { messages, gaps } = printedOf([log.slice(0, 10), log.slice(40)]);
  expect([messages, gaps]).toEqual([messagesOf([...log.slice(0, 10), ...log.slice(40)]), 1]);
});

test("the record's own output, without times and services, goes on in a log and back", () => {
  const bare = log.map(({ message }) => line(message));
  expect(printedOf([log.slice(0, 40), bare.slice(0, 50), log])).toEqual({ messages: messagesOf(log), gaps: 0 });
});

test("whatever lines there are and however they come in, each is printed once and in order", () => {
  const lines = fc
    .array(fc.constantFrom("a", "b", ""), { maxLength: 80 })
    .map((all) => all.map((message, at) => line(message, at)));
  fc.assert(
    fc.property(lines, fc.array(fc.nat({ max: 80 }), { maxLength: 8 }), (all, ends) => {
      const sorted = [...ends].sort((a, b) => a - b);
      const answers = [...sorted.map((end) => all.slice(0, end)), all];
      expect(printedOf(answers)).toEqual({ messages: messagesOf(all), gaps: 0 });
    }),
  );
});
