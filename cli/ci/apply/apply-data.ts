import { isExecutionType } from "../../../provider/policy/declared";
import { nameOf } from "../../../provider/schema";
import type { ReportedMessage } from "../stack/events";
import { adviceFilter, isPendingWarning, type PendingOperation } from "../stack/pending";
import { type ResourceStep, resourceSteps } from "../stack/resources";
import type { EngineResult } from "../stack/session";
import { hasNotSucceeded, type RecordedStack } from "../stack/state";

/** How an apply or a destroy ended. */
export type ApplyEnding = "succeeded" | "failed" | "stopped" | "locked";

/** What an apply or a destroy did to an execution. */
export interface AppliedExecution {
  readonly name: string;
  readonly urn: string;
  readonly executionId: string;
  /** The action: `started`, `replaced`, `updated`, `deleted`, `kept`. */
  readonly done: string;
  readonly status: string;
  readonly returnCode: number | undefined;
  readonly failedService: string | undefined;
  readonly waitFor: string;
  /** Whether the run has `waitFor: "completed"` and has not succeeded. */
  readonly hasNotSucceeded: boolean;
}

/** What an apply or a destroy has done. */
export interface ApplyData {
  readonly project: string;
  readonly stack: string;
  readonly ending: ApplyEnding;
  readonly executions: readonly AppliedExecution[];
  /** The steps of all other resources. */
  readonly resources: readonly ResourceStep[];
  /** The counts of all resources that Pulumi prints. */
  readonly counts: Readonly<Record<string, number>>;
  /** Operations that a killed command left and that this command did not settle. */
  readonly pending: readonly PendingOperation[];
  readonly messages: readonly ReportedMessage[];
  /** The last lines that Pulumi printed, if it failed and reported no error. */
  readonly output: readonly string[];
}

const DONE: Readonly<Record<string, string>> = {
  create: "started",
  "create-replacement": "replaced",
  replace: "replaced",
  update: "updated",
  delete: "deleted",
};

/** Makes the data from the events of an apply and the state after it. */
export function applyData(
  about: Pick<ApplyData, "project" | "stack" | "ending">,
  { observed, output }: Pick<EngineResult, "observed" | "output">,
  { executions, pending }: RecordedStack,
): ApplyData {
  const { steps, messages } = observed;
  const done = new Map<string, string>();
  for (const { urn, op } of steps) if (DONE[op] !== undefined && !done.has(urn)) done.set(urn, DONE[op]);
  const deleted = steps
    .filter(({ op, type, urn }) => {
      if (!isExecutionType(type)) return false;
      // A replacement in this command has one row, so its deletion gets no row. A deletion of an old resource that an
      // earlier command replaced gets a row.
      return op === "delete-replaced" ? !done.has(urn) : op === "delete" && !executions.some((one) => one.urn === urn);
    })
    .map(({ urn, oldOutputs }) => ({
      name: nameOf(urn),
      urn,
      executionId: String(oldOutputs.executionId ?? ""),
      done: "deleted",
      status: "",
      returnCode: undefined,
      failedService: undefined,
      waitFor: "",
      hasNotSucceeded: false,
    }));
  const applied = executions.map((execution) => {
    const { name, urn, waitFor, outputs } = execution;
    const { executionId, status, returnCode, failedService } = outputs;
    const own = { name, urn, executionId, status, returnCode, failedService, waitFor };
    return { ...own, done: done.get(urn) ?? "kept", hasNotSucceeded: hasNotSucceeded(execution) };
  });
  const left = about.ending === "succeeded" ? pending : [];
  const texts = messages.flatMap(({ severity, urn, text }) => {
    if (severity === "info" || /^(update|destroy|preview) failed$/.test(text)) return [];
    // Pending operations are not repeated here. They are settled, or have a separate section.
    if (about.ending === "succeeded" && isPendingWarning(text)) return [];
    const shown = text.split("\n").filter(adviceFilter()).join("\n").trimEnd();
    return [{ severity, name: urn === undefined ? "" : nameOf(urn), text: shown }];
  });
  const hasError = texts.some(({ severity }) => severity === "error");
  return {
    ...about,
    executions: [...applied, ...deleted].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    resources: resourceSteps(observed),
    counts: observed.counts,
    pending: left,
    messages: [...new Map(texts.map((message) => [JSON.stringify(message), message])).values()],
    output: about.ending === "failed" && !hasError ? output : [],
  };
}
