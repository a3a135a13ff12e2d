import type { Diagnostic } from "../../../compose";
import type { Surface } from "../../command";
import { shownJson } from "../../compose/json";
import { writeText } from "../../output";
import type { CiRequest } from "../options";
import { writeFindings } from "../summary/findings";
import { writeMarkdown } from "../summary/write";
import { allMarkdown } from "./all-markdown";
import { type AllResult, allJson, exitCodeOf } from "./all-report";

/** Writes the reports of the whole command. Returns its exit code. */
export function writeAll(
  request: Pick<CiRequest, "summary" | "json" | "sarif" | "codequality" | "annotates">,
  surface: Pick<Surface, "folder" | "variable" | "print">,
  all: AllResult,
  found: readonly Diagnostic[],
): number {
  // If another report cannot be written, the exit code changes. The JSON contains the exit code, so the JSON is written
  // last.
  writeFindings(request, surface, found);
  writeMarkdown(request, surface, allMarkdown(all));
  if (request.json !== undefined) writeText(request.json, `${shownJson(allJson(all))}\n`);
  return exitCodeOf(all);
}
