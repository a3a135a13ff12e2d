import type { Diagnostic } from "../../../compose";
import { boundOf, boundOfAll, type CostBound, type PricedRun } from "../../../provider/policy";
import { mayUseOtherAccount } from "../../../provider/policy/declared";
import { nameOf } from "../../../provider/schema";
import { type Result, reportedDiagnostic, reportOf } from "../report/report";
import type { Report } from "../report/report-schema";
import type { Difference } from "../review/beyond";
import type { ObservedCommand, ReportedMessage } from "../stack/events";
import { type PlannedExecution, plannedExecutions, startsRun } from "../stack/plan";
import { type ResourceStep, resourceSteps } from "../stack/resources";
import type { EngineResult } from "../stack/session";
import { type PlannedUpload, plannedUploads } from "../stack/uploads";
import { diagnosticsIn, type NamedDiagnostic, readMessage, withFileNames } from "../summary/compose-diagnostics";
import type { Account } from "./account";

/** The result of a preview, for its summary and its report. */
export interface PreviewData {
  readonly project: string;
  readonly stack: string;
  readonly succeeded: boolean;
  readonly executions: readonly (PlannedExecution &
    Pick<PricedRun, "isElsewhere"> & { readonly costBound: number | undefined })[];
  /** The steps of all resources that are not executions. */
  readonly resources: readonly ResourceStep[];
  /** Resources whose URN changes because of an alias. */
  readonly renamed: readonly { readonly urn: string; readonly from: string }[];
  /** The number of resources for each operation, as Pulumi prints it. */
  readonly counts: Readonly<Record<string, number>>;
  /** The highest possible cost of all executions that start or may start a run. */
  readonly cost: CostBound;
  readonly uploads: readonly PlannedUpload[];
  readonly diagnostics: readonly NamedDiagnostic[];
  /**
   * Errors of the program that name a file and a line, for annotations. The texts of these errors are also in the
   * messages or in the output.
   */
  readonly programErrors: readonly Diagnostic[];
  /** Violations of the policy. Some have a position in a Compose document. */
  readonly violations: readonly Diagnostic[];
  /**
   * Executions with an unknown image, if the policy has a rule about images. The provider checks these images at the
   * update.
   */
  readonly unknownImages: readonly string[];
  /** The differences between the review and the plan. `ci apply --reviewed` refuses a plan with differences. */
  readonly differences: readonly Difference[];
  /** With `--save`, the values that nobody can review because they are known only at the update. */
  readonly notReviewed: readonly string[];
  /** Warnings and errors that are not diagnostics of Compose documents. Each has the name of its resource. */
  readonly messages: readonly ReportedMessage[];
  /** The last lines that Pulumi printed, if it failed and reported no error. */
  readonly output: readonly string[];
}

/**
 * Makes the data of a preview, for its report, from the events of the preview. The lists are sorted, because the order
 * of the events differs between previews.
 */
export function previewData(
  names: Pick<PreviewData, "project" | "stack">,
  { kind, observed, output }: Pick<EngineResult, "kind" | "observed" | "output">,
  { prices, own }: Pick<Account, "prices" | "own">,
): PreviewData {
  const about = { ...names, succeeded: kind === "succeeded" };
  // A failed preview shows no resources, because the next preview of the same program may fail at another resource.
  const planned = about.succeeded ? plannedExecutions(observed) : [];
  const executions = planned.map((execution) => {
    const isElsewhere = execution.provider !== undefined && mayUseOtherAccount(execution.provider, own);
    const one = { ...execution, ...(isElsewhere ? { isElsewhere } : {}) };
    return { ...one, costBound: boundOf(one, prices) };
  });
  const texts = observed.messages.flatMap(({ severity, urn, text }) => {
    const { rest } = readMessage({ text });
    // A message such as `preview failed` adds no information.
    if (severity === "info" || rest === "" || rest === "preview failed") return [];
    return [{ severity, name: urn === undefined ? "" : nameOf(urn), text: rest }];
  });
  const messages = [...new Map(texts.map((message) => [JSON.stringify(message), message])).entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, message]) => message);
  const diagnostics = diagnosticsIn(observed.messages);
  const hasError = [...messages, ...diagnostics].some(({ severity }) => severity === "error");
  return {
    ...about,
    executions,
    resources: about.succeeded ? resourceSteps(observed) : [],
    renamed: about.succeeded ? renamedIn(observed) : [],
    counts: about.succeeded ? observed.counts : {},
    cost: boundOfAll(executions.filter(startsRun), prices),
    uploads: about.succeeded ? plannedUploads(observed) : [],
    diagnostics,
    messages,
    output: about.succeeded || hasError ? [] : output,
    violations: [],
    unknownImages: [],
    differences: [],
    notReviewed: [],
    programErrors: [],
  };
}

function renamedIn({ steps }: ObservedCommand): PreviewData["renamed"] {
  const found = steps.flatMap(({ urn, renamedFrom }) =>
    renamedFrom === undefined ? [] : [[urn, renamedFrom] as const],
  );
  return [...new Map(found)].map(([urn, from]) => ({ urn, from })).sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/**
 * Returns the data with file names relative to the folder of the command, which in a pipeline is the root of the
 * repository.
 */
export function withFilesFrom(data: PreviewData, project: string, root: string): PreviewData {
  const moved = <One extends NamedDiagnostic>(found: readonly One[]) => withFileNames(found, project, root);
  const { diagnostics, violations, programErrors } = data;
  return {
    ...data,
    diagnostics: moved(diagnostics),
    violations: moved(violations),
    programErrors: moved(programErrors),
  };
}

/** Returns how a preview ended. */
export function previewResult({
  succeeded,
  violations,
  differences,
}: Pick<PreviewData, "succeeded" | "violations" | "differences">): Result {
  if (violations.some(({ severity }) => severity === "error")) return "refused";
  if (differences.length > 0) return "beyond review";
  return succeeded ? "succeeded" : "failed";
}

/**
 * Returns the report of a preview. If `ci apply` or `ci destroy` refuses its plan, this is also the report of the
 * command, because the command has changed nothing.
 */
export function previewReport(request: Parameters<typeof reportOf>[0], data: PreviewData): Report {
  const { project, resources, counts, cost, unknownImages, differences, notReviewed, messages, output } = data;
  return reportOf(request, {
    project,
    result: previewResult(data),
    executions: data.executions.map(plannedReport),
    resources: resources.map((one) => ({ ...one, result: "planned" as const })),
    counts,
    cost,
    uploads: data.uploads.map(({ files, bytes, ...one }) => ({ ...one, files: files ?? null, bytes: bytes ?? null })),
    diagnostics: data.diagnostics.map(reportedDiagnostic),
    violations: data.violations.map(reportedDiagnostic),
    unknownImages,
    differences,
    notReviewed,
    messages,
    output,
  });
}

function plannedReport(execution: PreviewData["executions"][number]): Report["executions"][number] {
  const { name, urn, action, reasons, executionId, aborts, executionType, timeout, waitFor, costBound } = execution;
  return {
    name,
    urn,
    action,
    result: "planned",
    reasons,
    executionId: executionId ?? null,
    aborts: aborts ?? null,
    status: null,
    returnCode: null,
    failedService: null,
    waitFor: waitFor ?? null,
    hasNotSucceeded: false,
    executionType: executionType ?? null,
    timeout: timeout ?? null,
    costBound: costBound ?? null,
  };
}
