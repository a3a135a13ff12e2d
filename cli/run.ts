import { nearest } from "../compose/wording";
import { printable } from "../provider/display/printable";
import { ownVersion } from "../provider/lyceum/http/own-version";
import { type Command, type CommandRow, EXIT_CODES, type Surface, UsageError } from "./command";
import type * as ComposeCommands from "./compose-commands";
import type * as Emulator from "./emulator/emulator";
import { fitsAll, fitted, hanging, paragraph, widthFor } from "./layout";
import type { OptionRow } from "./option-table";
import type * as ServiceCommands from "./service-commands";

const composeCommands = (): typeof ComposeCommands => require("./compose-commands");
const serviceCommands = (): typeof ServiceCommands => require("./service-commands");

/**
 * All subcommands, in the order of the help. Each module that `load` requires is a file of its own in the package
 * (`tools/bundle/cli-bundle.mjs`). So a command that must start fast, such as `check` at each commit, does not load the
 * other modules.
 */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: "check",
    summary: "validates compose projects: all diagnostics with file and line",
    load: () => composeCommands().check,
  },
  {
    name: "bundle",
    summary: "prints a project of several files as one text",
    load: () => composeCommands().bundle,
  },
  {
    name: "list",
    summary: "lists active runs; --all those that have ended, too",
    load: () => serviceCommands().list,
  },
  {
    name: "show",
    summary: "shows one run: status, times, and why it failed",
    load: () => serviceCommands().show,
  },
  {
    name: "logs",
    summary: "prints what a run has written; --follow goes on until its end",
    load: () => serviceCommands().logs,
  },
  {
    name: "abort",
    summary: "aborts a run with its grace period",
    load: () => serviceCommands().abort,
  },
  {
    name: "report",
    summary: "writes a page about runs, or Markdown for a pull request",
    load: () => serviceCommands().report,
  },
  {
    name: "files",
    summary: "lists, fetches, stores and removes files of the account's bucket",
    load: () => serviceCommands().files,
  },
  {
    name: "ci",
    summary: "previews, applies, watches or destroys a stack from a pipeline",
    load: () => serviceCommands().ci,
  },
  {
    name: "doctor",
    summary: "checks this machine, the configuration and the service; --probe tries it",
    load: () => serviceCommands().doctor,
  },
  {
    name: "emulator",
    summary: "starts a server on this machine that speaks the Lyceum API, to try programs without an account",
    load: () => (require("./emulator/emulator") as typeof Emulator).emulator,
  },
];

const isHelp = (word: string): boolean => word === "--help" || word === "-h";

/**
 * Runs the command that a command line names. `args` are the words after the name of the program. Returns the exit
 * code, or a promise of the exit code if the command has to wait.
 */
export function runCommandLine(args: readonly string[], given: Surface): number | Promise<number> {
  const surface: Surface = { ...given, printError: (text) => given.printError(fittedError(printable(text), given)) };
  const [name, ...rest] = args;
  if (name === undefined) {
    surface.printError(help(surface));
    return EXIT_CODES.usage;
  }
  if (name === "--version" || name === "-v") {
    surface.print(ownVersion());
    return EXIT_CODES.clean;
  }
  const isAbout = isHelp(name) || name === "help";
  const [about] = rest;
  if (isAbout && about === undefined) {
    surface.print(help(surface));
    return EXIT_CODES.clean;
  }
  const called = isAbout ? about : name;
  const row = COMMANDS.find((candidate) => candidate.name === called);
  if (row === undefined) {
    surface.printError(unknownCommand(called ?? "", surface));
    return EXIT_CODES.usage;
  }
  if (isAbout || rest.some(isHelp)) {
    surface.print(usageOf(row.name, row.load(), widthFor(surface.columns)));
    return EXIT_CODES.clean;
  }
  return runCommand(row, rest, surface);
}

/**
 * Returns the text of an error or a note in lines that fit the terminal. Without a terminal, the text stays unchanged.
 */
function fittedError(text: string, { errorColumns }: Surface): string {
  const columns = fitsAll(text) ? undefined : errorColumns();
  return columns === undefined ? text : fitted(text, widthFor(columns));
}

function runCommand({ name, load }: CommandRow, args: readonly string[], surface: Surface): number | Promise<number> {
  const usageError = (error: unknown): number => {
    if (!UsageError.isInstance(error)) throw error;
    const stop = /[.?!]$/.test(error.message) ? "" : ".";
    surface.printError(`${error.message}${stop}\n\`npx pulumi-lyceum ${name} --help\` lists the options.`);
    return EXIT_CODES.usage;
  };
  try {
    const code = load().run(args, surface);
    return typeof code === "number" ? code : code.catch(usageError);
  } catch (error) {
    return usageError(error);
  }
}

function unknownCommand(name: string, surface: Surface): string {
  if (name.startsWith("-")) return `\`${name}\` is not a command: options follow the command.\n\n${help(surface)}`;
  const meant = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  if (meant === undefined) return `Unknown command \`${name}\`.\n\n${help(surface)}`;
  return `Unknown command \`${name}\`; did you mean \`${meant}\`?\n\`npx pulumi-lyceum --help\` lists the commands.`;
}

function help({ columns }: Surface): string {
  const list = listed(
    COMMANDS.map(({ name, summary }) => [name, summary]),
    widthFor(columns),
  );
  return `Usage: pulumi-lyceum COMMAND [options]\n\n${list}\n\n\`npx pulumi-lyceum COMMAND --help\` lists its options.`;
}

/** The option that every command has. */
const HELP_ROW: OptionRow = { type: "boolean", short: "h", help: "this text" };

/** Returns the text of `--help` for a command. */
export function usageOf(name: string, command: Command, width: number): string {
  const { synopsis, about, options, closing } = command;
  const rows = Object.entries<OptionRow>({ ...options, help: HELP_ROW });
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

/** Returns the names and their explanations, in two columns. */
export function listed(rows: readonly (readonly [name: string, text: string])[], width: number): string {
  const column = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, text]) => hanging(`  ${name.padEnd(column)}`, text, width)).join("\n");
}

function signOf(name: string, { short, value }: OptionRow): string {
  const shortSign = short === undefined ? "    " : `-${short}, `;
  return `${shortSign}--${name}${value === undefined ? "" : ` ${value}`}`;
}
