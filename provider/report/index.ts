/** Public entry point of the report: what is known of runs, as a page of HTML and as Markdown. */
export { maskedCompose, textsOfCompose } from "./compose-text";
export { redacted } from "./redacted";
export { formatOf, renderReport } from "./render";
export { readReport } from "./report-data";
export { money } from "./run-texts";
