import { LINE_BYTES, MOST_LINES, RunOutput } from "./output";
import { inOrder } from "./views";

const line = (message: string) => ({ service: "app", stream: "stdout" as const, message, timestamp: "2030-01-01" });

test("the newest lines are kept, with the number of each", () => {
  const output = new RunOutput();
  for (let index = 0; index < MOST_LINES + 2; index++) output.add(line(String(index)));
  const kept = output.from();
  expect([kept.length, kept[0]?.index, kept[0]?.message]).toEqual([MOST_LINES, 2, "2"]);
  expect(output.from(MOST_LINES + 1)).toMatchObject([{ index: MOST_LINES + 1 }]);
});

test("a line that is too long is cut between characters, and marked", () => {
  const output = new RunOutput();
  const whole = "a".repeat(LINE_BYTES);
  expect(output.add(line(`a${"é".repeat(LINE_BYTES / 2)}`)).message).toBe(`a${"é".repeat(LINE_BYTES / 2 - 1)}…`);
  expect(output.add(line(whole)).message).toBe(whole);
});

test("stored lines keep their numbers, and new lines get the next numbers", () => {
  const output = new RunOutput();
  output.add({ ...line("stored"), index: 7 });
  expect(output.add(line("new")).index).toBe(8);
});

test("the lines of several services are shown in the order of their times", () => {
  const output = new RunOutput();
  for (const second of ["1", "3", "2"]) output.add({ ...line(second), timestamp: `2030-01-01T00:00:0${second}Z` });
  expect(inOrder(output).map(({ message }) => message)).toEqual(["1", "2", "3"]);
});
