import { progressLine, shortDuration } from "./progress-line";

test.each([
  [-3, "0s"],
  [0.9, "0s"],
  [45, "45s"],
  [60, "1m"],
  [70, "1m10s"],
  [300, "5m"],
  [3600, "1h"],
  [3725, "1h2m"],
])("%d seconds are %s", (seconds, text) => {
  expect(shortDuration(seconds)).toBe(text);
});

const run = { executionId: "5f0c", status: "running" };

test.each([
  [run, "running (run 5f0c)"],
  [{ ...run, status: "pending", elapsed: 40 }, "pending 40s (run 5f0c)"],
  [{ ...run, elapsed: 70, limit: 300 }, "running 1m10s of 5m (run 5f0c)"],
  [{ ...run, elapsed: 70, limit: 300, output: "epoch 3\n" }, "running 1m10s of 5m: epoch 3 (run 5f0c)"],
  // A limit says nothing without a time, and an empty line of output says nothing at all.
  [{ ...run, limit: 300, output: "" }, "running (run 5f0c)"],
])("%j", (facts, line) => {
  expect(progressLine(facts)).toBe(line);
});

test("a line of output is cut, and what a terminal would act on is shown", () => {
  const line = progressLine({ ...run, output: `\u001b[2J${"x".repeat(500)}` });
  expect(line.length).toBeLessThan(90);
  expect(line).not.toContain("\u001b");
});
