import { appendFileSync } from "node:fs";
import type { Surface } from "../../command";
import { shownJson } from "../../compose/json";
import { writeText, writing } from "../../output";
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

/** Writes a summary, also to that of a GitHub step. */
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

/** The longest comment that GitHub accepts, in characters. */
export const LONGEST_SUMMARY = 65_536;

/** Room for the line that shows how much is left out, and for the end of a code block, in characters. */
const RESERVE = 300;

/**
 * A summary that fits a comment on GitHub. It keeps whole lines from the beginning, because the first line identifies
 * the comment. The last line shows how much is left out.
 */
export function fitted(markdown: string, longest: number = LONGEST_SUMMARY): string {
  if (markdown.length <= longest) return markdown;
  const part = markdown.slice(0, longest - RESERVE);
  // If a single line is too long, that line is cut.
  const kept = part.slice(0, part.lastIndexOf("\n") + 1 || part.length);
  const left = markdown.length - kept.length;
  const note = `**Cut: ${left} of ${markdown.length} characters are left out. The JSON of \`--json\` has all of it.**`;
  return `${kept.trimEnd()}\n${closing(kept)}\n${note}\n`;
}

/** Closes a code block whose end was cut off. */
function closing(text: string): string {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const [fence] = /^`{3,}/.exec(line) ?? [];
    if (fence === undefined) continue;
    if (open === undefined) open = fence;
    else if (line.trimEnd() === fence && fence.length >= open.length) open = undefined;
  }
  return open === undefined ? "" : `${open}\n`;
}
