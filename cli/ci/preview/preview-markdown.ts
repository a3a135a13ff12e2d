import { cell, inline } from "../../../provider/display/markdown-text";
import { sizeText } from "../../../provider/display/sizes";
import { shortDuration } from "../../../provider/display/wording";
import { money } from "../../../provider/reads/report";
import { count } from "../../layout";
import { differenceSections } from "../review/differences";
import { described, mayHaveEnded, startsRun } from "../stack/plan";
import { countsLine, resourceSections, tally } from "../summary/resources-markdown";
import { diagnosticLine, diagnosticSections, marker, messageSections, outputSection } from "../summary/sections";
import { boundedTable, shortened, someOf } from "../table";
import type { PreviewData } from "./preview-data";

// The action is in the first column. On a small screen, the long names in the next column may not fit.
const COLUMNS = ["what happens", "execution", "why", "machine", "timeout:", "costs at most:"];
/**
 * The largest size of the table of executions. The limit leaves room in a comment for the other resources, errors and
 * warnings.
 */
const MOST = { rows: 150, characters: 24_000, of: "execution" };

/**
 * Returns a preview as Markdown for a pull request: steps, runs with reasons, diagnostics, and the highest cost. The
 * same preview gives the same text. The first line names the stack, so that an existing comment can be found and
 * updated.
 */
export function previewMarkdown(data: PreviewData, of: "apply" | "destroy" = "apply"): string {
  const { executions, diagnostics, messages, violations, output } = data;
  const errors = violations.filter(({ severity }) => severity === "error");
  const warnings = violations.filter(({ severity }) => severity === "warning");
  const changed = executions.filter(({ action }) => action !== "keep");
  const kept = executions.length - changed.length;
  const sections = [
    marker(of === "apply" ? "preview" : "destroy-preview", data),
    `### Preview of ${of === "apply" ? "" : "destroying "}${inline(`${data.project}/${data.stack}`)}`,
    ...(errors.length === 0 ? [] : refusal(errors, of)),
    ...differenceSections(data.differences),
    headline(data),
    ...countsLine(data.counts, "before"),
    ...resourceSections(data.resources, "before"),
    ...tableOf(changed, data),
    ...(kept === 0 ? [] : [`${count(kept, "execution")} would not change.`]),
    ...costNote(data),
    ...uploadsNote(data),
    ...imagesNote(data),
    ...(warnings.length === 0 ? [] : [`**Warnings of the policy**`, ...boundedLines(warnings, "warning")]),
    ...notReviewedNote(data),
    ...diagnosticSections(diagnostics),
    ...messageSections(messages),
    ...outputSection(output),
  ];
  return `${sections.join("\n\n")}\n`;
}

const LONGEST_NAME = 200;
const MOST_NAMES = 20;
const MOST_VIOLATIONS = 100;

function refusal(violations: PreviewData["violations"], of: "apply" | "destroy"): readonly string[] {
  return [
    `**The policy does not allow this: ${count(violations.length, "violation")}.** \`ci ${of}\` refuses it, and changes nothing.`,
    ...boundedLines(violations, "violation"),
    "If the policy allowed it:",
  ];
}

function boundedLines(diagnostics: PreviewData["diagnostics"], word: string): readonly string[] {
  const more = diagnostics.length - MOST_VIOLATIONS;
  const lines = diagnostics.slice(0, MOST_VIOLATIONS).map(diagnosticLine).join("\n");
  return [lines, ...(more > 0 ? [`${count(more, `further ${word}`)}, not listed here.`] : [])];
}

function headline({ executions, resources, succeeded, diagnostics, violations, differences }: PreviewData): string {
  const isRefused = differences.length > 0 || violations.some(({ severity }) => severity === "error");
  if (!succeeded && !isRefused) {
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    return `**The preview failed${errors === 0 ? "" : `: ${count(errors, "error")} in compose documents`}.** Nothing would start.`;
  }
  const starts = executions.filter(startsRun).length;
  const aborts = executions.filter((one) => one.aborts !== undefined).length;
  const ifActive = executions.some(mayHaveEnded) ? (aborts === 1 ? " if it is active" : " if they are active") : "";
  const others = resources.length === 0 ? "" : ` Other resources: ${tally(resources)}.`;
  if (starts + aborts > 0)
    return `**${count(starts, "run")} would start, ${count(aborts, "run")} would be aborted${ifActive}.${others}**`;
  const none = "No run would start, and none would be aborted.";
  return others === "" ? none : `**${none}${others}**`;
}

function tableOf(executions: PreviewData["executions"], { cost }: PreviewData): readonly string[] {
  const rows = executions.map((execution) => {
    const { what, why } = described(execution);
    return [
      what,
      execution.name,
      why,
      startsRun(execution) ? (execution.executionType ?? "") : "",
      startsRun(execution) && execution.timeout !== undefined ? shortDuration(execution.timeout) : "",
      costCell(execution, cost.unknown),
    ];
  });
  return boundedTable(COLUMNS, rows, MOST, (shown) => {
    const left = executions.slice(shown);
    const aborts = left.filter((one) => one.aborts !== undefined).length;
    return `${left.filter(startsRun).length} of them would start a run, ${aborts} would abort one`;
  });
}

function costCell(execution: PreviewData["executions"][number], unknown: readonly string[]): string {
  if (!startsRun(execution)) return "";
  return unknown.includes(execution.name) || execution.costBound === undefined
    ? "not known"
    : money(execution.costBound);
}

function uploadsNote({ uploads }: PreviewData): readonly string[] {
  if (uploads.length === 0) return [];
  const known = uploads.flatMap(({ files, bytes }) =>
    files === undefined || bytes === undefined ? [] : [{ files, bytes }],
  );
  const sum = { files: 0, bytes: 0 };
  for (const { files, bytes } of known) {
    sum.files += files;
    sum.bytes += bytes;
  }
  const shown = (name: string) => cell(shortened(name, LONGEST_NAME));
  const sized = uploads.map(({ name, files, bytes }) =>
    files === undefined || bytes === undefined
      ? `${shown(name)} (not known yet)`
      : `${shown(name)} (${count(files, "file")}, ${sizeText(bytes)})`,
  );
  const head =
    known.length === 0 ? "Uploads are not known yet" : `Uploads: ${count(sum.files, "file")}, ${sizeText(sum.bytes)}`;
  return [`${head}: ${someOf(sized, MOST_NAMES)}.`];
}

/** Returns a note about images that are not known yet, for example because another resource builds them. */
function imagesNote({ unknownImages }: PreviewData): readonly string[] {
  if (unknownImages.length === 0) return [];
  const names = someOf(
    unknownImages.map((name) => cell(shortened(name, LONGEST_NAME))),
    MOST_NAMES,
  );
  return [`Images of ${names} are not known yet. \`ci apply\` checks them against the policy before their runs start.`];
}

function notReviewedNote({ notReviewed }: PreviewData): readonly string[] {
  if (notReviewed.length === 0) return [];
  const names = someOf(
    notReviewed.map((name) => cell(shortened(name, LONGEST_NAME))),
    MOST_NAMES,
  );
  return [`**Not reviewed**, because they are not known before the update: ${names}.`];
}

function costNote({ cost, executions, succeeded }: PreviewData): readonly string[] {
  const starts = executions.filter(startsRun).length;
  if (starts === 0 || !succeeded) return [];
  const unknown = someOf(
    cost.unknown.map((name) => cell(shortened(name, LONGEST_NAME))),
    MOST_NAMES,
  );
  if (cost.unknown.length === starts) return [`What it costs at most is not known: no price of ${unknown}.`];
  const shown = money(cost.amount);
  const rest = unknown === "" ? "" : ` That is without ${unknown}, whose price is not known.`;
  return [
    `It costs ${shown.startsWith("<") ? shown.replace("<", "less than") : `at most ${shown}`} ((timeout + grace period) × price of the machine, in the currency of the account).${rest}`,
  ];
}
