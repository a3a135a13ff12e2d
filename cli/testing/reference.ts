import type { Command } from "../command";
import type { OptionRow } from "../option-table";

/**
 * Returns the section about a command in the reference: synopsis, purpose, options, exit codes. Only `--help` explains
 * the options.
 */
export function referenceOf(name: string, { synopsis, about: [about = ""], options, closing }: Command): string {
  const [sentence = ""] = oneLine(about).split(/(?<=\.) /);
  const exitCodes = closing.flatMap((text) => /Exit code: .*/.exec(oneLine(text)) ?? []);
  const names = Object.entries<OptionRow>(options).map(([option, row]) => code(signOf(option, row)));
  return [
    sentence,
    `Usage: ${code(`pulumi-lyceum ${name} ${synopsis}`)}`,
    ...(names.length === 0 ? [] : [`Options: ${names.join(", ")}.`]),
    ...exitCodes,
  ].join("\n\n");
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, " ");
const code = (text: string) => `\`${text}\``;

function signOf(name: string, { short, value }: OptionRow): string {
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}
