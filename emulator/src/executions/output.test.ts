import { LINE_BYTES } from "../engines/long-line";
import { MOST_LINES, RunOutput } from "./output";

const line = (message: string) => ({ service: "app", stream: "stdout" as const, message, timestamp: "2030-01-01" });
const messages = (output: RunOutput) => output.inOrder().map(({ message }) => message);

test("the first and the newest lines are kept, with the number of each, and the gap is counted", () => {
  const output = new RunOutput();
  for (let index = 0; index < MOST_LINES + 2; index++) output.add(line(String(index)));
  const kept = output.from();
  expect(kept).toHaveLength(MOST_LINES);
  expect([kept[0]?.message, kept[499]?.message, kept[500]?.message]).toEqual(["0", "499", "502"]);
  expect(output.from(MOST_LINES + 1)).toMatchObject([{ index: MOST_LINES + 1 }]);
  expect(messages(output).slice(499, 502)).toEqual(["499", "[emulator] 2 lines are left out here.", "502"]);
  expect(output.inOrder()[500]).toMatchObject({ service: "app", omittedLines: 2 });
  expect(output.next).toBe(MOST_LINES + 2);
});

test("lines of another service, and of the other stream, are not displaced", () => {
  const output = new RunOutput();
  for (let index = 0; index < 30_000; index++) {
    if (index === 10_000) output.add({ ...line("the disk is full"), stream: "stderr" });
    if (index === 15_000) output.add({ ...line("no space"), service: "db" });
    output.add(line("x"));
  }
  expect(messages(output)).toEqual(expect.arrayContaining(["the disk is full", "no space"]));
  expect(output.inOrder()).toHaveLength(MOST_LINES + 1);
});

test("the memory is bounded, however long the lines are", () => {
  const output = new RunOutput();
  for (let index = 0; index < 200; index++) output.add(line(`${index} ${"x".repeat(LINE_BYTES - 10)}`));
  const kept = output.from();
  expect(kept.reduce((sum, { message }) => sum + message.length, 0)).toBeLessThanOrEqual(4_000_000);
  expect([kept[0]?.index, kept.at(-1)?.index]).toEqual([0, 199]);
  expect(messages(output)).toContain(`[emulator] ${200 - kept.length} lines are left out here.`);
});

test("stored lines keep their numbers, lines that are not stored are counted, and new lines get the next numbers", () => {
  const output = new RunOutput();
  output.add({ ...line("stored"), index: 0 });
  output.add({ ...line("later"), index: 7 });
  expect(output.add(line("new")).index).toBe(8);
  expect(messages(output)).toEqual(["stored", "[emulator] 6 lines are left out here.", "later", "new"]);
});

test("a stored long line is not shortened again", () => {
  const [first, second] = [new RunOutput(), new RunOutput()];
  const stored = first.add(line("é".repeat(LINE_BYTES)));
  second.add(stored);
  expect(messages(second)).toEqual([stored.message]);
  expect(stored.message.match(/are left out here/g)).toHaveLength(1);
});

test("a stored line that is there already is not added again", () => {
  const output = new RunOutput();
  for (const index of [0, 1, 0, 1, 2]) output.add({ ...line(String(index)), index });
  expect([messages(output), output.next, output.dropped]).toEqual([["0", "1", "2"], 3, 0]);
});

test("the lines of several services are shown in the order of their times", () => {
  const output = new RunOutput();
  for (const second of ["1", "3", "2"]) output.add({ ...line(second), timestamp: `2030-01-01T00:00:0${second}Z` });
  expect(messages(output)).toEqual(["1", "2", "3"]);
});

test("the first 2000 lines of a run stay, at most 500 of a stream, and at most a million characters", () => {
  const first = (lines: number, service: (index: number) => string, message: string) => {
    const output = new RunOutput();
    for (let index = 0; index < lines; index++) output.add({ ...line(message), service: service(index) });
    return output.from().findIndex(({ index }, at) => index !== at);
  };
  // Each of the five services writes 400 lines before the first lines are full.
  expect(first(12_000, (index) => `s${index % 5}`, "x")).toBe(2_000);
  expect(first(10_500, () => "app", "x")).toBe(500);
  expect(first(600, (index) => `s${index % 5}`, "x".repeat(10_000))).toBe(100);
});

test("the lines from a number on are complete, and one line that is left out is one", () => {
  const output = new RunOutput();
  for (const index of [0, 2]) output.add({ ...line(String(index)), index });
  expect([output.from(2).map(({ index }) => index), output.dropped]).toEqual([[2], 1]);
  expect(messages(output)).toEqual(["0", "[emulator] 1 line is left out here.", "2"]);
});
