import { htmlReport } from "./html";
import { markdownReport } from "./markdown";
import type { Report } from "./report-data";

/** Public entry point of the report: the facts of runs, as an HTML page and as Markdown. */
export { furtherErrors } from "../../lifecycle/run/failed-service";
export { keepRecordedSecretsOut } from "./recorded-secrets";
export { redacted, textsOfCompose } from "./redacted";
export { readReport } from "./report-data";
export { codeOf, failureOf, money } from "./run-texts";

/** The format of a report. */
type ReportFormat = "html" | "markdown";

/** The format for a file name: Markdown for `.md`, and HTML for any other name. */
export function formatOf(file: string): ReportFormat {
  return /\.md$/i.test(file) ? "markdown" : "html";
}

/** A report as text. */
export function renderReport(report: Report, format: ReportFormat): string {
  return format === "html" ? htmlReport(report) : markdownReport(report);
}
