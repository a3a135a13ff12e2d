/** Public entry point of the report: what is known of runs, as a page of HTML and as Markdown. */
export { htmlReport } from "./html";
export { markdownReport } from "./markdown";
export { readReport } from "./report-data";
