import type { UnrecordedRun } from "../../../provider/reads";
import { nameOf } from "../../../provider/schema";
import { type Result, reportedDiagnostic, reportedRun, reportOf } from "../report/report";
import type { Report } from "../report/report-schema";
import type { ReportedMessage } from "../stack/events";
import { adviceFilter, isPendingWarning, type UnsettledOperation } from "../stack/pending";
import { type ResourceStep, resourceSteps } from "../stack/resources";
import type { EngineResult } from "../stack/session";
import { diagnosticsIn, type NamedDiagnostic, readMessage } from "../summary/compose-diagnostics";
import { type AppliedExecution, appliedExecutions } from "./applied-executions";
import type { Settled } from "./settle";

/** The result of the Pulumi command in an apply or a destroy. */
export type ApplyEnding = "succeeded" | "failed" | "stopped" | "locked";

/** The effects of an apply or a destroy. */
export interface ApplyData {
  readonly project: string;
  readonly stack: string;
  readonly ending: ApplyEnding;
  /**
   * The result of the whole command. The result is also a failure if an awaited run has not succeeded, or if operations
   * are pending.
   */
  readonly result: Result;
  readonly executions: readonly AppliedExecution[];
  /** The steps of all resources that are not executions. */
  readonly resources: readonly ResourceStep[];
  /** The number of resources for each operation, as Pulumi prints it. */
  readonly counts: Readonly<Record<string, number>>;
  /** Operations that a killed command left, and that are still pending after this command. */
  readonly pending: readonly UnsettledOperation[];
  /** Runs that interrupted creates have started, and that are not in the state of the stack. */
  readonly unrecorded: readonly UnrecordedRun[];
  /** Diagnostics of Compose documents that the provider has reported at the update. */
  readonly diagnostics: readonly NamedDiagnostic[];
  /** Warnings and errors that are not diagnostics of Compose documents. */
  readonly messages: readonly ReportedMessage[];
  /** The last lines that Pulumi printed, if it failed and reported no error. */
  readonly output: readonly string[];
}

/** Makes the data from the events of an apply and the state after it. */
export function applyData(
  about: Pick<ApplyData, "project" | "stack" | "ending"> & { readonly isStopped?: boolean },
  { observed, output, isBeyond = false }: Pick<EngineResult, "observed" | "output" | "isBeyond">,
  { recorded, pending, unrecorded, notes }: Settled,
): ApplyData {
  const { project, stack, ending, isStopped = false } = about;
  const executions = appliedExecutions(observed, recorded);
  const texts = observed.messages.flatMap(({ severity, urn, text }) => {
    if (severity === "info" || /^(update|destroy|preview) failed$/.test(text)) return [];
    // Leaves out Pulumi's warning about pending operations. The operations are settled, or a separate section reports
    // them.
    if (ending === "succeeded" && isPendingWarning(text)) return [];
    const { rest } = readMessage({ text });
    const shown = rest.split("\n").filter(adviceFilter()).join("\n").trimEnd();
    if (shown === "" && text !== "") return [];
    return [{ severity, name: urn === undefined ? "" : nameOf(urn), text: shown }];
  });
  const diagnostics = diagnosticsIn(observed.messages);
  const hasError = [...texts, ...diagnostics].some(({ severity }) => severity === "error");
  return {
    project,
    stack,
    ending,
    result: isBeyond ? "beyond review" : resultOfApply({ ending, executions, pending }, isStopped),
    executions,
    resources: resourceSteps(observed),
    counts: observed.counts,
    pending,
    unrecorded,
    diagnostics,
    messages: [...new Map([...texts, ...notes].map((message) => [JSON.stringify(message), message])).values()],
    output: ending === "failed" && !hasError ? output : [],
  };
}

/**
 * Returns the result of a command.
 *
 * | Pulumi | operations are pending | an awaited run has not succeeded | result |
 * |---|---|---|---|
 * | failed, stopped, locked | any | any | the result of Pulumi |
 * | succeeded | yes, after a signal | any | stopped |
 * | succeeded | yes, without a signal | any | failed |
 * | succeeded | no | yes | failed |
 * | succeeded | no | no | succeeded |
 */
function resultOfApply(
  { ending, executions, pending }: Pick<ApplyData, "ending" | "executions" | "pending">,
  isStopped: boolean,
): Result {
  if (ending !== "succeeded") return ending;
  if (pending.length > 0 && isStopped) return "stopped";
  return pending.length > 0 || executions.some((one) => one.hasNotSucceeded) ? "failed" : "succeeded";
}

/** Returns the report of an apply or a destroy. */
export function applyReport(request: Parameters<typeof reportOf>[0], data: ApplyData): Report {
  const { project, result, executions, resources, counts, pending, unrecorded, messages, output } = data;
  const nothingPlanned = { reasons: [], aborts: null, executionType: null, timeout: null, costBound: null };
  return reportOf(request, {
    project,
    result,
    executions: executions.map(
      ({ executionId, leaves: _notReported, status, returnCode, failedService, waitFor, ...own }) => ({
        ...own,
        executionId: executionId || null,
        status: status || null,
        returnCode: returnCode ?? null,
        failedService: failedService ?? null,
        waitFor: waitFor || null,
        ...nothingPlanned,
      }),
    ),
    resources,
    counts,
    pending,
    unrecordedRuns: unrecorded.map(reportedRun),
    diagnostics: data.diagnostics.map(reportedDiagnostic),
    messages,
    output,
  });
}
