import { cell, fenced } from "../../../provider/display/markdown-text";
import type { ReportedMessage } from "../stack/events";
import { shortened } from "./table";

const LONGEST_NAME = 200;

/** Warnings and errors, each as a separate block. */
export function messageSections(messages: readonly ReportedMessage[]): readonly string[] {
  return messages.map(({ severity, name, text }) => {
    const about = name === "" ? "" : ` of ${cell(shortened(name, LONGEST_NAME))}`;
    return `**${severity === "error" ? "Error" : "Warning"}${about}**\n\n${fenced(text.split("\n"))}`;
  });
}

/** The last lines of a command that failed and reported no error. */
export function outputSection(output: readonly string[]): readonly string[] {
  return output.length === 0 ? [] : [`**The last lines of Pulumi's output**\n\n${fenced(output)}`];
}

/** The first line of a summary. A program that updates the comment finds it by this line. */
export function marker(kind: string, { project, stack }: { readonly project: string; readonly stack: string }): string {
  return `<!-- pulumi-lyceum ${kind} ${`${project}/${stack}`.replace(/[^\w./-]|--+/g, "_")} -->`;
}
