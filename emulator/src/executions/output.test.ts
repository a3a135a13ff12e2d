import { lineBytes, mostLines, RunOutput } from "./output";

const line = (message: string) => ({ service: "app", stream: "stdout" as const, message, timestamp: "2030-01-01" });

test("the newest lines are kept, with the number of each", () => {
  const output = new RunOutput();
  for (let index = 0; index < mostLines + 2; index++) output.add(line(String(index)));
  const kept = output.from();
  expect([kept.length, kept[0]?.index, kept[0]?.message]).toEqual([mostLines, 2, "2"]);
  expect(output.from(mostLines + 1)).toMatchObject([{ index: mostLines + 1 }]);
});

test("a line that is too long is cut between characters, and says so", () => {
  const output = new RunOutput();
  const whole = "a".repeat(lineBytes);
  expect(output.add(line(`a${"é".repeat(lineBytes / 2)}`)).message).toBe(`a${"é".repeat(lineBytes / 2 - 1)}…`);
  expect(output.add(line(whole)).message).toBe(whole);
});

test("lines that were stored before keep their numbers, and new ones follow", () => {
  const output = new RunOutput();
  output.add({ ...line("stored"), index: 7 });
  expect(output.add(line("new")).index).toBe(8);
});
