import { fittedMarkdown } from "../../display/markdown-limit";
import { htmlReport } from "./html";
import { markdownReport } from "./markdown";
import type { Report } from "./report-data";

/** The public entry point for reports: the facts about runs, as an HTML page and as Markdown. */
export { furtherErrors } from "../../lifecycle/run/record/failed-service";
export { keepRecordedSecretsOut } from "./recorded-secrets";
export { redacted, textsOfCompose } from "./redacted";
export { readReport } from "./report-data";
export { codeOf, failureOf, money } from "./run-texts";

/** The format of a report. */
type ReportFormat = "html" | "markdown";

/** The format of a report file: Markdown for a name that ends with `.md`, HTML for any other name. */
export function formatOf(file: string): ReportFormat {
  return /\.md$/i.test(file) ? "markdown" : "html";
}

const WHOLE = "The page in HTML has all of it: `npx pulumi-lyceum report -o report.html`.";

/** Writes a report as text. Markdown that is too long for a comment on GitHub is cut. */
export function renderReport(report: Report, format: ReportFormat): string {
  return format === "html" ? htmlReport(report) : fittedMarkdown(markdownReport(report), WHOLE);
}
