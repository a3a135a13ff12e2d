import type { Evaluated } from "../../provider/lyceum/probe/table";
import type { DoctorCheck } from "./check";

/** Narrower than this nothing can be set; wider than that nobody reads. */
const WIDTHS = { least: 60, most: 120 } as const;
/** Where the output is not a terminal. */
const USUAL_WIDTH = 80;

/** The width to print for, from the columns of the terminal. */
export function widthFor(columns: number | undefined): number {
  // Some terminals report 0 for a width that they do not know.
  return Math.min(WIDTHS.most, Math.max(WIDTHS.least, columns || USUAL_WIDTH));
}

const MARKS: Readonly<Record<DoctorCheck["state"], string>> = { ok: "ok", attention: "!!", skipped: "--" };

/** Checks by their groups: mark, name, what was found, and below it what to do. */
export function printChecks(checks: readonly DoctorCheck[], width: number): string {
  const groups = [...new Set(checks.map(({ group }) => group))];
  return groups
    .map((group) => {
      const own = checks.filter((check) => check.group === group);
      const column = Math.max(...own.map(({ name }) => name.length));
      const lines = own.flatMap(({ state, name, text, todo }) => [
        ...hanging(`  ${MARKS[state]}  ${name.padEnd(column)}  `, text, width),
        ...(todo === undefined ? [] : hanging(" ".repeat(column + 8), `-> ${todo}`, width)),
      ]);
      return [group, ...lines].join("\n");
    })
    .join("\n\n");
}

/** The table of a probe: one line for what is confirmed, and below the others what was seen and what the provider does. */
export function printFindings(evaluated: readonly Evaluated[], width: number): string {
  const column = Math.max(...evaluated.map(({ assumption }) => assumption.id.length));
  return evaluated
    .flatMap(({ assumption, finding }) => {
      const label = `  ${finding.result.padEnd(9)}  ${assumption.id.padEnd(column)}  `;
      const below = " ".repeat(label.length);
      const lines = hanging(label, `${assumption.statement} (${assumption.certainty})`, width);
      if (finding.result === "confirmed") return lines;
      if (finding.result === "not tried") return [...lines, ...hanging(below, `-> Not tried: ${finding.why}.`, width)];
      return [
        ...lines,
        ...hanging(below, `-> Observed: ${finding.shown}.`, width),
        ...hanging(below, `-> ${assumption.otherwise}`, width),
      ];
    })
    .join("\n");
}

/** A paragraph at a width. */
export function paragraph(text: string, width: number): string {
  return hanging("", text, width).join("\n");
}

/** A text behind a label; further lines stand below its beginning. A word that is too long for a line is not cut. */
function hanging(label: string, text: string, width: number): string[] {
  const indent = " ".repeat(
    label.startsWith(" ".repeat(label.length)) && text.startsWith("-> ") ? label.length + 3 : label.length,
  );
  const lines: string[] = [];
  let line = label;
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    const longer = isEmpty ? line + word : `${line} ${word}`;
    if (longer.length <= width || isEmpty) {
      line = longer;
      isEmpty = false;
      continue;
    }
    lines.push(line);
    line = indent + word;
  }
  return [...lines, line];
}
