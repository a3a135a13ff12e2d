import { LONGEST_SUMMARY } from "../summary/write";
import { step } from "../testing/events";
import { DATABASE, recorded, summaryOf } from "./testing/summary-of";

test.each([0, 1, 12, 300, 3000])(
  "a comment about %d resources with long changes fits the limit, and is complete",
  (many) => {
    const value = (at: number) => ({
      text: `${at} ${"x|`<!-- ".repeat(200)}`,
      list: Array.from({ length: 30 }, () => at),
    });
    const { text } = summaryOf(
      Array.from({ length: many }, (_none, at) =>
        step("update", `resource-with-a-long-name-${at}`, {
          type: DATABASE,
          old: {},
          oldInputs: value(at),
          new: value(at + 1),
        }),
      ),
    );
    expect(text.length).toBeLessThan(LONGEST_SUMMARY);
    expect(text.includes("not listed here")).toBe(many > 100);
  },
);

test("steps that do not fit are counted, and deletions are the last to be left out", () => {
  const many = Array.from({ length: 3000 }, (_none, at) => step("create", `a${at}`, { type: DATABASE }));
  const runs = Array.from({ length: 3000 }, (_none, at) =>
    step("create", `run${at}`, { new: { executionType: "cpu" } }),
  );
  const { text, data } = summaryOf([
    ...many,
    ...runs,
    step("delete", "web", { old: recorded }),
    step("delete", "z", { type: DATABASE }),
  ]);
  expect(text.length).toBeLessThan(LONGEST_SUMMARY);
  expect(text).toContain("Other resources: 1 deleted, 3000 created.");
  expect(text).toContain("| is deleted | z | aws:rds/instance:Instance |");
  expect(text).toContain(
    "2901 further resources, not listed here: 2901 created. The JSON of `--json` has all of them.",
  );
  expect(text).toContain("| aborts run run-1 if it is active, and is deleted | web |");
  expect(text).toContain(
    "2851 further executions, not listed here: 2851 of them would start a run, 0 would abort one.",
  );
  expect(data.resources).toHaveLength(3001);
});

test("hostile names stay in their cells, and push no other row out of the comment", () => {
  const hostile = [
    "a | b\n| c | d |\n\n# x",
    "@everyone &#64;all &commat;all <!-- ![](x) `",
    "\u202E\u001b[31m ::error::x",
    "z".repeat(100_000),
  ];
  const events = hostile.flatMap((name) => [
    step("create", name, { type: DATABASE }),
    step("update", `${name}2`, { type: hostile[1] ?? "", diffs: hostile }),
  ]);
  const { text } = summaryOf([...events, step("delete", "~last", { type: DATABASE })]);
  expect(text.length).toBeLessThan(LONGEST_SUMMARY);
  expect(text).toContain("| is deleted | \\~last |  | aws:rds/instance:Instance |");
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  expect(rows).toHaveLength(2 + 9);
  expect(rows.filter((line) => line.replaceAll("\\|", "").split("|").length !== 6)).toEqual([]);
  expect(text).not.toMatch(/@everyone|&#64|&commat|<!-- !|\u202E|\[31m|^::error/m);
});
