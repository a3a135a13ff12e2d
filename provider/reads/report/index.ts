import { fittedMarkdown } from "../../display/markdown-limit";
import { htmlReport } from "./html";
import { markdownReport } from "./markdown";
import type { Report } from "./report-data";

/** The public entry point for reports: the facts about runs, as an HTML page or as Markdown. */
export { furtherErrors } from "../../lifecycle/run/record/failed-service";
export { keepRecordedSecretsOut } from "./recorded-secrets";
export { redacted, textsOfCompose } from "./redacted";
export { readReport } from "./report-data";
export { codeOf, failureOf, money } from "./run-texts";

type ReportFormat = "html" | "markdown";

/** Returns the format for the name of a file: Markdown if the name ends with `.md`, otherwise HTML. */
export function formatOf(file: string): ReportFormat {
  return /\.md$/i.test(file) ? "markdown" : "html";
}

const WHOLE = "The page in HTML has all of it: `npx pulumi-lyceum report -o report.html`.";

/** Makes the text of a report. Shortens Markdown that is too long for a comment on GitHub. */
export function renderReport(report: Report, format: ReportFormat): string {
  return format === "html" ? htmlReport(report) : fittedMarkdown(markdownReport(report), WHOLE);
}
