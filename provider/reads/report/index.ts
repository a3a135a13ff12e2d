import { fittedMarkdown } from "../../display/markdown-limit";
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

/** The format for a file name: Markdown for `.md`, HTML for any other name. */
export function formatOf(file: string): ReportFormat {
  return /\.md$/i.test(file) ? "markdown" : "html";
}

const WHOLE = "The page in HTML has all of it: `npx pulumi-lyceum report -o report.html`.";

/** A report as text. Markdown that is too long for a comment on GitHub is cut. */
export function renderReport(report: Report, format: ReportFormat): string {
  return format === "html" ? htmlReport(report) : fittedMarkdown(markdownReport(report), WHOLE);
}
