import { applyData } from "../apply/apply-data";
import { applyMarkdown } from "../apply/apply-markdown";
import { previewData } from "../preview/preview-data";
import { previewMarkdown } from "../preview/preview-markdown";
import type { EngineEvent } from "../stack/automation";
import { diagnostic, ended, observedOf, stateOf, step, summary, TYPE, unsettled } from "../testing/events";
import { fitted, LONGEST_SUMMARY } from "./write";

const DATABASE = "aws:rds/instance:Instance";
const PRICES = new Map([["cpu", 0.0001]]);

/**
 * Events of a program with this many resources. Most are executions, and every third resource belongs to another
 * provider.
 */
function eventsFor(count: number, long: string): readonly EngineEvent[] {
  const ops = ["create", "replace", "update", "delete", "same"] as const;
  const events = Array.from({ length: count }, (_, at): readonly EngineEvent[] => {
    const op = ops[at % ops.length] ?? "create";
    const inputs = { executionType: "cpu", timeout: 300, waitFor: "completed", composeFileCode: `a: ${at}${long}` };
    const old = { executionId: `7d1f0b9c-6a52-4c1a-9a5e-${String(at).padStart(12, "0")}`, status: "running" };
    if (at % 3 === 2) {
      const values = { size: "large", tags: { team: "vision", note: long } };
      const oldInputs = { size: "small", tags: { team: "speech" } };
      return [step(op, `database-${at}${long}`, { type: DATABASE, new: values, oldInputs, diffs: ["size", "tags"] })];
    }
    const name = `train-${at}${long}`;
    const why = diagnostic(name, "info", `starts a new run in place of run ${old.executionId} (running): image${long}`);
    const warning = `compose/train-${at}.yaml:4:5 warning LYC2602: the value of TOKEN looks like a secret\n  Pass it.`;
    return [
      step(op, name, { new: inputs, old: op === "create" ? {} : old }),
      ...(op === "replace" ? [why] : []),
      ...(at % 7 === 0 ? [diagnostic(name, "warning", warning)] : []),
      ...(at % 50 === 0 ? [diagnostic(name, "warning", `The machine is old.${long}`)] : []),
    ];
  });
  return [...events.flat(), summary({ create: count, same: 1 })];
}

const about = { project: "training", stack: "prod" };

/** Returns the comments about a program with this number of resources. */
function commentsFor(count: number, long = ""): Readonly<Record<string, string>> {
  const events = eventsFor(count, long);
  const observed = observedOf(events);
  const data = previewData(about, { kind: "succeeded", observed, output: [] }, { prices: PRICES, own: {} });
  const violations = data.executions.flatMap(({ name, action }, at) =>
    action === "keep"
      ? []
      : [
          {
            code: "LYC5101",
            severity: "error" as const,
            message: `${name}: too long`,
            remedy: "Lower it.",
            file: `compose/${at}.yaml`,
          },
        ],
  );
  const differences = data.resources.map(({ name, urn, type }) => {
    return { name, urn, type, what: "size", reviewed: `small${long}`, planned: "large" };
  });
  const done = [...events, ...data.executions.map(({ name }) => ended("create", name, TYPE))];
  const applied = applyData(
    { ...about, ending: "failed" },
    { observed: observedOf(done), output: Array.from({ length: count }, () => `a line${long}`) },
    unsettled(stateOf(...data.executions.map(({ name }) => name))),
  );
  return {
    preview: previewMarkdown(data),
    destroy: previewMarkdown(data, "destroy"),
    refused: previewMarkdown({ ...data, succeeded: false, violations }),
    beyond: previewMarkdown({ ...data, succeeded: false, differences }),
    unreviewed: previewMarkdown({ ...data, notReviewed: data.executions.map(({ name }) => `${name}.timeout`) }),
    apply: applyMarkdown("apply", applied),
  };
}

const LONG = `-${"a very long name ".repeat(40)}<|\`*_\u{1f680}`;

test.each([0, 1, 12, 300, 3_000])("comments about %s resources fit the limit of each forge", (count) => {
  for (const long of count > 1_000 ? [LONG] : ["", LONG]) {
    const lengths = Object.entries(commentsFor(count, long)).map(([kind, text]) => [kind, fitted(text).length]);
    expect(lengths.filter(([, length]) => Number(length) > LONGEST_SUMMARY)).toEqual([]);
  }
});
