import type { Diagnostic } from "../../provider/compose";
import { boundOf, boundOfAll, type CostBound, type Prices } from "../../provider/policy";
import { diagnosticsIn, readMessage } from "./compose-diagnostics";
import type { ObservedCommand, ReportedMessage } from "./events";
import { type PlannedExecution, plannedExecutions, startsRun } from "./plan";
import { nameOf } from "./urn";

/** What a preview has shown: the same input gives the same data. */
export interface PreviewData {
  readonly project: string;
  readonly stack: string;
  readonly succeeded: boolean;
  readonly executions: readonly (PlannedExecution & { readonly costBound: number | undefined })[];
  /** Of all that start. */
  readonly cost: CostBound;
  readonly diagnostics: readonly Diagnostic[];
  /** What a policy does not allow, with the place where the text of a Compose document shows it. */
  readonly violations: readonly Diagnostic[];
  /** Warnings and errors that are no compose diagnostics, with the resource that they are about. */
  readonly messages: readonly ReportedMessage[];
}

/** What is made of the events of a preview. */
export function previewData(
  about: Pick<PreviewData, "project" | "stack" | "succeeded">,
  observed: ObservedCommand,
  prices: Prices,
): PreviewData {
  // Which resources a preview reaches before it fails differs from one to the next.
  const planned = about.succeeded ? plannedExecutions(observed) : [];
  const executions = planned.map((one) => ({ ...one, costBound: boundOf(one, prices) }));
  const texts = observed.messages.flatMap(({ severity, urn, text }) => {
    const { rest } = readMessage({ text });
    // `preview failed` and the like add nothing.
    if (severity === "info" || rest === "" || rest === "preview failed") return [];
    return [{ severity, name: urn === undefined ? "" : nameOf(urn), text: rest }];
  });
  const messages = [...new Map(texts.map((message) => [JSON.stringify(message), message])).entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, message]) => message);
  return {
    ...about,
    executions,
    cost: boundOfAll(executions.filter(startsRun), prices),
    diagnostics: diagnosticsIn(observed.messages),
    messages,
    violations: [],
  };
}

/** The data as a pipeline reads it. */
export function previewJson(data: PreviewData): unknown {
  return {
    ...data,
    executions: data.executions.map(({ inputs: _inputs, ...execution }) => execution),
    diagnostics: data.diagnostics.map(inJson),
    violations: data.violations.map(inJson),
  };
}

function inJson({ code, severity, message, file, range, remedy }: Diagnostic) {
  const place = { line: range?.start.line ?? null, column: range?.start.column ?? null };
  return { code, severity, message, file: file ?? null, ...place, remedy };
}
