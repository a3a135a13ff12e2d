import { allMarkdown } from "../all/all-markdown";
import { applyData } from "../apply/apply-data";
import { applyMarkdown } from "../apply/apply-markdown";
import { driftMarkdown } from "../drift/drift";
import { driftData } from "../drift/drift-data";
import { previewMarkdown } from "../preview/preview-markdown";
import { programErrors } from "../preview/program-errors";
import { differenceLines, differenceSections } from "../review/differences";
import { boundedTable } from "../table";
import { observedOf, stateOf, step, unsettled, urnOf } from "../testing/events";
import { previewed } from "../testing/previewed";
import { allResult } from "../testing/reports";
import { pendingSections, unrecordedSections } from "./left-over";
import { messageSections } from "./sections";

const named = (count: number, letter: string) => Array.from({ length: count }, (_none, at) => `${letter}${at}z`);
const DATABASE = "acme:index:Database";
const executions = (count: number) =>
  previewed(...named(count, "x").map((name) => step("create", name, { new: { executionType: "cpu" } })));
const violation = (name: string) => ({ code: "LYC5101", severity: "error" as const, message: name, remedy: "Do." });
const difference = (name: string) => {
  return { urn: name, name, type: "t", what: "size", reviewed: "small", planned: "large" };
};
const run = (executionId: string) => ({ executionId, status: "running", isActive: false, label: "l", urn: undefined });
const applied = (count: number, status: string) =>
  applyMarkdown(
    "apply",
    applyData(
      { project: "p", stack: "prod", ending: "succeeded" },
      { observed: observedOf([]), output: [] },
      unsettled({
        ...stateOf(),
        executions: named(count, "x").map((name) => ({
          name,
          urn: urnOf(name),
          waitFor: "completed",
          outputs: { ...stateOf("a").executions[0]?.outputs, status } as never,
        })),
      }),
    ),
  );

/** Texts about a number of things. The name of each thing begins with `x` and ends with `z`. */
const TEXTS: Readonly<Record<string, readonly [most: number, about: (count: number) => string]>> = {
  "stacks of `--all`": [
    300,
    (count) => {
      const targets = named(count, "x").map((name) => ({ project: { folder: name }, stack: "dev" }) as never);
      const ended = { kind: "ended", result: { exitCode: 0, summary: "", report: null } } as const;
      return allMarkdown(allResult({ outcomes: targets.map((item) => ({ item, ...ended })) }));
    },
  ],
  "stacks of `--all` without a change": [
    40,
    (count) => {
      const untouched = named(count, "x").map((name) => ({ project: { folder: name }, stack: "dev" }) as never);
      return allMarkdown(allResult({ since: "main", untouched }));
    },
  ],
  "executions of a preview": [150, (count) => previewMarkdown(executions(count)).replace(/no price of .*/, "")],
  "executions without a price": [20, (count) => /no price of .*/.exec(previewMarkdown(executions(count)))?.[0] ?? ""],
  "values that nobody could review": [
    20,
    (count) => previewMarkdown({ ...executions(0), notReviewed: named(count, "x") }),
  ],
  "images that are not known yet": [
    20,
    (count) => previewMarkdown({ ...executions(0), unknownImages: named(count, "x") }),
  ],
  "violations of a policy": [
    100,
    (count) => previewMarkdown({ ...executions(0), violations: named(count, "x").map(violation) }),
  ],
  "executions of an apply": [150, (count) => applied(count, "completed")],
  "runs that did not succeed": [20, (count) => /Awaited, but .*/.exec(applied(count, "failed"))?.[0] ?? ""],
  "other resources": [
    100,
    (count) => previewMarkdown(previewed(...named(count, "x").map((name) => step("create", name, { type: DATABASE })))),
  ],
  "changes of a resource": [
    5,
    (count) => {
      const [oldInputs, news] = [1, 2].map((value) =>
        Object.fromEntries(named(count, "x").map((name) => [name, value])),
      );
      const options = { type: DATABASE, old: {}, ...(oldInputs && { oldInputs }), ...(news && { new: news }) };
      return previewMarkdown(previewed(step("update", "db", options)));
    },
  ],
  "resources of a drift": [
    100,
    (count) => {
      const others = named(count, "x").map((name) => ({
        urn: urnOf(name, DATABASE),
        op: "update",
        oldId: "",
        hasFailed: false,
      }));
      return driftMarkdown(driftData({ project: "p", stack: "prod" }, [], others));
    },
  ],
  "runs that the state does not have": [50, (count) => unrecordedSections(named(count, "x").map(run)).join("\n")],
  "operations of a killed command": [
    50,
    (count) =>
      pendingSections(named(count, "x").map((urn) => ({ operation: "creating", urn, type: "t", reason: null }))).join(
        "\n",
      ),
  ],
  "differences from a review": [50, (count) => differenceSections(named(count, "x").map(difference)).join("\n")],
  "differences on a terminal": [20, (count) => differenceLines(named(count, "x").map(difference)).join("\n")],
  "resources with the same message": [
    20,
    (count) => messageSections(named(count, "x").map((name) => ({ severity: "error", name, text: "no" }))).join("\n"),
  ],
  "errors of a program on lines": [
    50,
    (count) => {
      const printed = named(count, "x").map((name) => `Error: ${name}\n  on Pulumi.yaml line 14:\n`);
      return programErrors({ messages: [], printed }, "/project")
        .map(({ message }) => message)
        .join("\n");
    },
  ],
};

test.each(Object.entries(TEXTS))(
  "%s: as many as fit the limit are listed, and the others are counted",
  (what, [most, about]) => {
    const shown = (count: number) => about(count).match(/\bx\d+z/g)?.length ?? 0;
    expect([shown(most), shown(most + 1), shown(most + 2)]).toEqual([most, most, most]);
    expect(about(most)).not.toMatch(/\bfurther |\d more/);
    if (what !== "errors of a program on lines") expect(about(most + 2)).toMatch(/\b2 (?:further|more)/);
  },
);

test.each([
  [
    "a cell of a table",
    400,
    (text: string) => boundedTable(["a"], [[text]], { rows: 1, characters: 999, of: "row" })[0],
  ],
  ["a name over a message", 200, (name: string) => messageSections([{ severity: "error", name, text: "no" }])[0]],
  ["a value of a difference", 120, (reviewed: string) => differenceLines([{ ...difference("a"), reviewed }])[0]],
])("%s is cut after %s characters", (_what, most, about) => {
  const shown = (count: number) => /x+…?/.exec(about("x".repeat(count)) ?? "")?.[0];
  expect(shown(most)).toBe("x".repeat(most));
  expect(shown(most + 1)).toBe(`${"x".repeat(most - 1)}…`);
});
