import { countsLine } from "./resources-markdown";

const BEGIN = "Pulumi counts all resources, also executions, providers and the stack itself: ";

test.each([
  ["none", {}, "after", []],
  ["none, with a count of nothing", { create: 0 }, "before", []],
  [
    "planned, the most important first",
    { same: 3, create: 1, delete: 2 },
    "before",
    ["2 to delete, 1 to create, 3 unchanged"],
  ],
  ["done", { same: 1, update: 2, create: 0 }, "after", ["2 updated, 1 unchanged"]],
  ["unknown, which come last", { "new-b": 1, same: 2, "new-a": 1 }, "after", ["2 unchanged, 1 new-a, 1 new-b"]],
] as const)("operations that are %s", (_what, counts, tense, texts) => {
  expect(countsLine(counts, tense)).toEqual(texts.map((text) => `${BEGIN}${text}.`));
});
