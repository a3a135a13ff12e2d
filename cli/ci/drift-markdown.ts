import { inline, tableRows } from "../../provider/display/markdown-text";
import type { DriftData } from "./drift-data";
import { marker } from "./preview-markdown";

const WORDS = {
  none: "There is no drift.",
  drift: "**There is drift.**",
  error: "**The drift is not known: not every run could be observed.**",
} as const;

/** What has become of a stack, as Markdown; the same state and service give the same bytes. */
export function driftMarkdown(data: DriftData): string {
  const { project, stack, result, rows } = data;
  const cells = rows.map(
    ({ name, kind, isDrift, executionId = "", recorded = "", observed = "", returnCode, reason }) => [
      name,
      isDrift ? `drift: ${kind}` : kind,
      executionId,
      recorded,
      reason ?? `${observed}${returnCode === undefined ? "" : ` (${returnCode})`}`,
    ],
  );
  const head = "| resource | what became of it | run | recorded | observed (exit code) |\n|---|---|---|---|---|";
  const sections = [
    marker("drift", data),
    `### Drift of ${inline(`${project}/${stack}`)}`,
    WORDS[result],
    ...(rows.length === 0 ? [] : [`${head}\n${tableRows(cells)}`]),
  ];
  return `${sections.join("\n\n")}\n`;
}
