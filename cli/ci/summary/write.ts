import { appendFileSync } from "node:fs";
import { fittedMarkdown, LONGEST_COMMENT } from "../../../provider/display/markdown-limit";
import type { Surface } from "../../command";
import { writeText, writing } from "../../output";
import { shownJson } from "../../reports/json";
import type { CiRequest } from "../options";
import type { Report } from "../report/report-schema";

/** Writes the reports of a command: Markdown and JSON if options ask for them, and the summary of a GitHub step. */
export function writeReports(
  request: Pick<CiRequest, "summary" | "json">,
  surface: Pick<Surface, "variable">,
  whole: string,
  data: Report,
): void {
  writeMarkdown(request, surface, whole);
  if (request.json !== undefined) writeText(request.json, `${shownJson(data)}\n`);
}

/** Writes a summary to the file that the command line names, and to the summary of a GitHub step. */
export function writeMarkdown(
  { summary }: Pick<CiRequest, "summary">,
  { variable }: Pick<Surface, "variable">,
  whole: string,
): void {
  const markdown = fitted(whole);
  const step = variable("GITHUB_STEP_SUMMARY") ?? "";
  if (summary !== undefined) writeText(summary, markdown);
  if (step !== "") writing(step, () => appendFileSync(step, `${markdown}\n`));
}

/** The longest summary, in characters. */
export const LONGEST_SUMMARY = LONGEST_COMMENT;

/** Returns a summary that fits a comment on GitHub. */
export function fitted(markdown: string, longest: number = LONGEST_SUMMARY): string {
  return fittedMarkdown(markdown, "The JSON of `--json` has all of it.", longest);
}
