import { htmlReport } from "./html";
import { markdownReport } from "./markdown";
import type { Report } from "./report-data";

/** What a report may be written as. */
export type ReportFormat = "html" | "markdown";

/** The format that the name of a file asks for: `.md` is Markdown, anything else a page of HTML. */
export function formatOf(file: string): ReportFormat {
  return /\.md$/i.test(file) ? "markdown" : "html";
}

/** A report as text. */
export function renderReport(report: Report, format: ReportFormat): string {
  return format === "html" ? htmlReport(report) : markdownReport(report);
}
