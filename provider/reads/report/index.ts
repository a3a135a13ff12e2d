import { htmlReport } from "./html";
import { markdownReport } from "./markdown";
import type { Report } from "./report-data";

/** Public entry point of the report: what is known of runs, as a page of HTML and as Markdown. */
export { redacted, textsOfCompose } from "./redacted";
export { readReport } from "./report-data";
export { codeOf, failureOf, money } from "./run-texts";

/** What a report may be written as. */
type ReportFormat = "html" | "markdown";

/** The format that the name of a file asks for: `.md` is Markdown, anything else a page of HTML. */
export function formatOf(file: string): ReportFormat {
  return /\.md$/i.test(file) ? "markdown" : "html";
}

/** A report as text. */
export function renderReport(report: Report, format: ReportFormat): string {
  return format === "html" ? htmlReport(report) : markdownReport(report);
}
