import type { Cell, Column } from "./column";
import { SECTIONS } from "./rows";
import type { Row } from "./rows/row";
import { TITLES, WAYS, type Way } from "./ways";

/** The text of the page before its tables. */
export const INTRO = `# Pulumi's resource options

This page shows what each of Pulumi's resource options does with a \`ComposeExecution\`, in each language. The column \`pulumi-lyceum\` is about Node.js programs with the dynamic provider. All other columns are about programs with the plugin.

A test makes these tables: it runs each row with the Pulumi CLI 3.274.1 and the emulator. With the oldest supported CLI, 3.206.0, all rows are the same except two: the SDK of that version refuses \`replaceWith\`, and the CLI ignores \`replacementTrigger\`.

* *works*: the option has the effect that the column "effect" shows.
* A code such as LYC4002: the command stops with [this error](errors.md). A text after a colon is the option to add.
* *warns*: the option does not have this effect, because Pulumi does not pass it to the provider. The command prints a warning. The text after the colon is what to write instead.
* *no effect*: as *warns*, but without a warning, because the provider cannot detect the option.
* A dash: the row does not apply, or was not tested. A note below the table says why.

A child of a run or of a component inherits the options \`protect\`, \`retainOnDelete\`, \`deletedWith\`, \`provider\` and \`aliases\` of its parent, and the parent's transforms. It inherits no other option.

The classes for Node.js refuse \`deleteBeforeReplace: false\` as an option of the run itself. They do not refuse it if a transform adds it.

These options have no row:

* Hooks other than \`afterCreate\`. Pulumi's engine runs every hook, and the provider neither receives nor changes it.
* \`customTimeouts: { read }\`.
* \`envVarMappings\`, an option of a provider resource. It gives the plugin's process the value of an environment variable under another name. [The settings](arguments.md#settings) show which variables the plugin reads.

`;

/** The page of all columns. */
export function page(columns: ReadonlyMap<Way, Column>): string {
  const sections = Object.entries(SECTIONS).map(([title, rows]) => `## ${title}\n\n${table(rows, columns)}`);
  return `${INTRO}${sections.join("\n")}`;
}

/** The cell of a page. */
export function cellOf(text: string, row: Row, way: Way): string | undefined {
  const line = text.split("\n").find((each) => each.startsWith(`| ${option(row.option)} | ${row.effect} |`));
  return line?.slice(2, -2).split(" | ")[2 + WAYS.indexOf(way)];
}

function table(rows: readonly Row[], columns: ReadonlyMap<Way, Column>): string {
  const notes: string[] = [];
  const number = (reason: string): number => {
    if (!notes.includes(reason)) notes.push(reason);
    return notes.indexOf(reason) + 1;
  };
  const lines = rows.map((row) => {
    const cells = WAYS.map((way) => {
      const absent = row.absent?.[way];
      return absent === undefined ? textOf(row, way, columns.get(way)?.get(row)?.cell) : `– (${number(absent)})`;
    });
    return `| ${[option(row.option), row.effect, ...cells].join(" | ")} |`;
  });
  const head = ["option", "effect", ...WAYS.map((way) => TITLES[way])];
  const listed = notes.map((note, index) => `${index + 1}. ${note[0]?.toUpperCase()}${note.slice(1)}.`);
  return [
    `| ${head.join(" | ")} |`,
    `|${head.map(() => "---").join("|")}|`,
    ...lines,
    ...(listed.length > 0 ? ["", ...listed] : []),
    "",
  ].join("\n");
}

/** The text of a cell. */
export function textOf({ instead, lost }: Row, way: Way, cell: Cell | undefined): string {
  if (cell === undefined) return "not tested";
  if (cell.kind === "code") return `[${cell.code}](errors.md)${instead === undefined ? "" : `: ${instead}`}`;
  if (cell.kind === "warned") return `warns: ${instead}`;
  return cell.kind === "ignored silently" && lost?.[way] !== undefined ? `no effect: ${lost[way]}` : cell.kind;
}

/** An option in code marks. A row that needs words around the option has the code marks itself. */
function option(text: string): string {
  return text.includes("`") ? text : `\`${text}\``;
}
