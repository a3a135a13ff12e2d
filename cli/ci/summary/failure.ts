import { inline } from "../../../provider/display/markdown-text";
import { type Surface, UsageError } from "../../command";
import type { CiRequest, Operation } from "../options";
import { marker, messageSections } from "../preview/preview-markdown";
import { outputTail } from "./tail";
import { writeReports } from "./write";

const TITLES: Readonly<Record<Operation, string>> = {
  preview: "Preview",
  apply: "Apply",
  drift: "Drift",
  destroy: "Destroy",
};
const LARGEST_PROJECT_FILE = 1_000_000;

/**
 * Writes the reports of a command that has no result, for example because its stack cannot be opened. Otherwise the
 * comment about an earlier commit would look like one about this commit.
 */
export function reportFailure(request: CiRequest, surface: Surface, error: string): void {
  const { operation, stack } = request;
  const tail = outputTail(surface);
  tail.add(error);
  const about = { project: projectIn(request.folder, surface), stack };
  const messages = [{ severity: "error", name: "", text: tail.lines().join("\n") } as const];
  const sections = [
    marker(operation, about),
    `### ${TITLES[operation]} of ${inline(`${about.project}/${stack}`)}`,
    "**It failed before anything was known.**",
    ...messageSections(messages),
  ];
  try {
    writeReports(request, surface, `${sections.join("\n\n")}\n`, { ...about, ...RESULTS[operation], messages });
  } catch (failure) {
    // A failed write is not reported again: it is the reported error itself, or a second error.
    if (!UsageError.isInstance(failure)) throw failure;
  }
}

/** The field `result` in the JSON of each command. */
const RESULTS: Readonly<Record<Operation, object>> = {
  preview: { succeeded: false },
  apply: { ending: "failed" },
  drift: { result: "error" },
  destroy: { ending: "failed" },
};

/** The name of the project, if its file can be read. */
function projectIn(folder: string, surface: Pick<Surface, "read">): string {
  const read = surface.read(`${folder}/Pulumi.yaml`, LARGEST_PROJECT_FILE);
  const text = read.kind === "bytes" ? Buffer.from(read.bytes).toString("utf8") : "";
  return /^name:[ \t]*["']?([\w.-]+)/m.exec(text)?.[1] ?? "";
}
