import type { Diagnostic } from "../../../compose";
import { type Surface, UsageError } from "../../command";
import { writeText } from "../../output";
import { shownJson } from "../../reports/json";
import type { CiRequest } from "../options";
import { outputTail } from "../stack/tail";
import { writeFindings } from "../summary/findings";
import { writeMarkdown } from "../summary/write";
import { allMarkdown } from "./all-markdown";
import { type AllResult, allJson, exitCodeOf } from "./all-report";

/**
 * Writes the reports of the whole command, and returns the exit code of the command. If a report cannot be written, the
 * command fails, and the JSON contains this error.
 */
export function writeAll(
  request: Pick<CiRequest, "summary" | "json" | "sarif" | "codequality" | "annotates">,
  surface: Pick<Surface, "folder" | "variable" | "print">,
  all: AllResult,
  found: readonly Diagnostic[],
): number {
  const writeJson = (result: AllResult) => {
    if (request.json !== undefined) writeText(request.json, `${shownJson(allJson(result))}\n`);
  };
  try {
    writeFindings(request, surface, found);
    writeMarkdown(request, surface, allMarkdown(all));
  } catch (error) {
    if (UsageError.isInstance(error)) writeJson({ ...all, error: all.error ?? error.message });
    throw error;
  }
  writeJson(all);
  return exitCodeOf(all);
}

/** Returns the result of a command that failed before it worked on a stack. */
export function failedBefore(
  { operation, only, since }: Pick<CiRequest, "operation" | "only" | "since">,
  surface: Pick<Surface, "variable">,
  error: string,
): AllResult {
  const tail = outputTail(surface);
  tail.add(error);
  const nothing = { outcomes: [], untouched: [], unreviewed: [], isStopped: false };
  return { operation, only, since, ...nothing, error: tail.lines().join("\n") };
}
