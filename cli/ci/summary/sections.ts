import { cell, fenced, inline, withCode } from "../../../provider/display/markdown-text";
import type { ReportedMessage } from "../stack/events";
import { shortened, someOf } from "../table";
import type { NamedDiagnostic } from "./compose-diagnostics";

const LONGEST_NAME = 200;
const MOST_NAMES = 20;

/** Returns a separate block for each warning and error. A message that several resources have is shown once. */
export function messageSections(messages: readonly ReportedMessage[]): readonly string[] {
  const alike = new Map<string, ReportedMessage[]>();
  for (const message of messages) {
    const key = JSON.stringify([message.severity, message.text, message.name === ""]);
    alike.set(key, [...(alike.get(key) ?? []), message]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.map(({ name }) => cell(shortened(name, LONGEST_NAME)));
    const about = first.name === "" ? "" : ` of ${someOf([...new Set(names)], MOST_NAMES)}`;
    return [`**${first.severity === "error" ? "Error" : "Warning"}${about}**\n\n${fenced(first.text.split("\n"))}`];
  });
}

/** Returns the section with the last lines of a command that failed and reported no error. */
export function outputSection(output: readonly string[]): readonly string[] {
  return output.length === 0 ? [] : [`**The last lines of Pulumi's output**\n\n${fenced(output)}`];
}

/**
 * Returns the first line of a summary. A pipeline finds its comment on a pull request by this line, and updates the
 * comment.
 */
export function marker(kind: string, { project, stack }: { readonly project: string; readonly stack: string }): string {
  return `<!-- pulumi-lyceum ${kind} ${`${project}/${stack}`.replace(/[^\w./-]|--+/g, "_")} -->`;
}

/** Returns the Markdown section about the diagnostics of Compose documents; empty if there are none. */
export function diagnosticSections(diagnostics: readonly NamedDiagnostic[]): readonly string[] {
  return diagnostics.length === 0 ? [] : [`**Compose diagnostics**\n\n${diagnostics.map(diagnosticLine).join("\n")}`];
}

/** Returns a diagnostic or a violation as an item of a list. */
export function diagnosticLine({
  severity,
  code,
  message,
  file = "",
  range,
  remedy,
  names = [],
}: NamedDiagnostic): string {
  const place = range === undefined ? file : `${file}:${range.start.line}:${range.start.column}`;
  const where = place === "" ? "" : `${inline(place)} `;
  const of = names.length === 0 ? "" : `${cell(someOf(names, MOST_NAMES))}: `;
  return `* ${where}${severity} ${code}: ${of}${withCode(message)}. ${withCode(remedy)}`.trimEnd();
}
