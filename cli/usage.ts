import type { Command } from "./command";
import { hanging, paragraph } from "./layout";
import type { OptionRow } from "./option-table";

/** The option that every command has. */
const helpRow: OptionRow = { type: "boolean", short: "h", help: "this text" };

/** What `--help` prints of a command. */
export function usageOf(name: string, command: Command, width: number): string {
  const { synopsis, about, options, closing } = command;
  const rows = Object.entries<OptionRow>({ ...options, help: helpRow });
  const paragraphs = (texts: readonly string[]) => texts.map((text) => paragraph(text.trim(), width)).join("\n");
  return [
    `Usage: pulumi-lyceum ${name} ${synopsis}`,
    paragraphs(about),
    listed(
      rows.map(([option, row]) => [signOf(option, row), row.help]),
      width,
    ),
    paragraphs(closing),
  ].join("\n\n");
}

/** Names with what they stand for, in two columns. */
export function listed(rows: readonly (readonly [name: string, text: string])[], width: number): string {
  const column = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, text]) => hanging(`  ${name.padEnd(column)}`, text, width)).join("\n");
}

function signOf(name: string, { short, value }: OptionRow): string {
  const shortSign = short === undefined ? "    " : `-${short}, `;
  return `${shortSign}--${name}${value === undefined ? "" : ` ${value}`}`;
}
