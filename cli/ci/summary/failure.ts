import { inline } from "../../../provider/display/markdown-text";
import { type Surface, UsageError } from "../../command";
import type { CiRequest, Operation } from "../options";
import { codeOf, reportOf } from "../report/report";
import type { Report } from "../report/report-schema";
import { readProjectIn } from "../repository/projects";
import { outputTail } from "../stack/tail";
import { marker, messageSections } from "./sections";
import { writeReports } from "./write";

const TITLES: Readonly<Record<Operation, string>> = {
  preview: "Preview",
  apply: "Apply",
  drift: "Drift",
  destroy: "Destroy",
};

/**
 * Writes the reports of a command that has no result, for example because its stack cannot be opened. Without these
 * reports, the pull request would still show the result of an earlier commit.
 */
export function reportFailure(request: CiRequest, surface: Surface, error: string): void {
  const tail = outputTail(surface);
  tail.add(error);
  const messages = [{ severity: "error", name: "", text: tail.lines().join("\n") } as const];
  reportNothing(request, surface, { result: "failed", headline: "It failed before anything was known.", messages });
}

/** Writes the reports of a command that a signal stopped before it had a result. Returns the exit code. */
export function reportStopped(request: CiRequest, surface: Surface): number {
  return reportNothing(request, surface, { result: "stopped", headline: "It was stopped by a signal.", messages: [] });
}

/**
 * Writes the reports of a command that did not begin because another command holds the lock of the stack. Returns the
 * exit code.
 */
export function reportLocked(request: CiRequest, surface: Surface): number {
  const headline = "It did not begin: another command has locked the stack.";
  return reportNothing(request, surface, { result: "locked", headline, messages: [] });
}

function reportNothing(
  request: CiRequest,
  surface: Surface,
  { result, headline, messages }: Pick<Report, "result" | "messages"> & { readonly headline: string },
): number {
  const { operation, stack } = request;
  const about = { project: readProjectIn(request.folder, surface).name, stack };
  const sections = [
    marker(operation, about),
    `### ${TITLES[operation]} of ${inline(`${about.project}/${stack}`)}`,
    `**${headline}**`,
    ...messageSections(messages),
  ];
  const report = reportOf(request, { project: about.project, result, messages });
  try {
    writeReports(request, surface, `${sections.join("\n\n")}\n`, report);
  } catch (failure) {
    // If a report cannot be written, this usage error is ignored. The command already reports another error, or that it
    // was stopped.
    if (!UsageError.isInstance(failure)) throw failure;
  }
  return codeOf(report);
}
