import { progressLine } from "./progress-line";

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
