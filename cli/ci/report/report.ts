import type { Diagnostic } from "../../../compose";
import type { UnrecordedRun } from "../../../provider/reads";
import { CI_EXIT_CODES } from "../exit-codes";
import type { CiRequest } from "../options";
import type { Report } from "./report-schema";

/** How a command ended. */
export type Result = Report["result"];

/**
 * The exit code for each result. Reports and commands use only this table, so a report and its command always have the
 * same exit code.
 */
const CODES = {
  succeeded: CI_EXIT_CODES.clean,
  failed: CI_EXIT_CODES.error,
  refused: CI_EXIT_CODES.error,
  "beyond review": CI_EXIT_CODES.beyondReview,
  drift: CI_EXIT_CODES.drift,
  locked: CI_EXIT_CODES.locked,
  stopped: CI_EXIT_CODES.stopped,
} as const satisfies Readonly<Record<Result, number>>;

/** Returns the exit code of a result. */
export function codeOf({ result }: Pick<Report, "result">): number {
  return CODES[result];
}

/** The fields that each command must pass to `reportOf`, which fills in all other fields. */
export type ReportHead = Pick<Report, "project" | "result">;

/** Returns a report with all fields. Fields about which the command knows nothing are empty. */
export function reportOf(
  { operation, stack, previewOnly }: Pick<CiRequest, "operation" | "stack" | "previewOnly">,
  own: ReportHead & Partial<Omit<Report, "version" | "command" | "previewOnly" | "stack">>,
): Report {
  const { project, result, ...rest } = own;
  return {
    version: 1,
    command: operation,
    previewOnly: previewOnly || operation === "preview" || operation === "drift",
    project,
    stack,
    result,
    executions: [],
    resources: [],
    counts: {},
    cost: null,
    uploads: [],
    diagnostics: [],
    violations: [],
    unknownImages: [],
    differences: [],
    notReviewed: [],
    pending: [],
    unrecordedRuns: [],
    drift: [],
    messages: [],
    output: [],
    ...rest,
  };
}

/** Returns an unrecorded run as an entry of `unrecordedRuns` in a report. */
export function reportedRun({
  executionId,
  status,
  isActive,
  label,
  urn,
}: UnrecordedRun): Report["unrecordedRuns"][number] {
  const abort = isActive ? abortCommand(executionId) : null;
  return { executionId, status, isActive, label, urn: urn ?? null, abort };
}

/** Returns the command that ends a run. */
export function abortCommand(executionId: string): string {
  return `npx pulumi-lyceum abort ${executionId}`;
}

/** Returns a diagnostic or a violation as an entry of `diagnostics` or `violations` in a report. */
export function reportedDiagnostic(
  diagnostic: Diagnostic & { readonly names?: readonly string[] },
): Report["diagnostics"][number] {
  const { code, severity, message, file, range, remedy, names = [] } = diagnostic;
  const position = { line: range?.start.line ?? null, column: range?.start.column ?? null };
  return { code, severity, message, file: file ?? null, ...position, remedy, executions: names };
}
