import { appendFileSync } from "node:fs";
import type { Surface } from "../../command";
import { shownJson } from "../../compose/json";
import { writeText, writing } from "../../output";
import type { CiRequest } from "../options";

/** Writes what a command has to report: Markdown and JSON where they are asked for, and the summary of a step of GitHub. */
export function writeReports(
  { summary, json }: Pick<CiRequest, "summary" | "json">,
  { variable }: Pick<Surface, "variable">,
  whole: string,
  data: unknown,
): void {
  const markdown = fitted(whole);
  const step = variable("GITHUB_STEP_SUMMARY") ?? "";
  if (summary !== undefined) writeText(summary, markdown);
  if (step !== "") writing(step, () => appendFileSync(step, `${markdown}\n`));
  if (json !== undefined) writeText(json, `${shownJson(data)}\n`);
}

/** The longest comment that GitHub takes, in characters. */
export const LONGEST_SUMMARY = 65_536;

/** Characters for the line that shows how much is left out, and for the end of a code block. */
const RESERVE = 300;

/**
 * A summary that fits a comment of GitHub: whole lines from its begin, so that the line by which a comment is found stays, and a last line with how much
 * is left out.
 */
export function fitted(markdown: string, longest: number = LONGEST_SUMMARY): string {
  if (markdown.length <= longest) return markdown;
  const part = markdown.slice(0, longest - RESERVE);
  // A single line that is longer than all is cut itself.
  const kept = part.slice(0, part.lastIndexOf("\n") + 1 || part.length);
  const left = markdown.length - kept.length;
  const note = `**Cut: ${left} of ${markdown.length} characters are left out. The JSON of \`--json\` has all of it.**`;
  return `${kept.trimEnd()}\n${closing(kept)}\n${note}\n`;
}

/** What ends a code block that the cut has left open. */
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
