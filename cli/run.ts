import { printable } from "../provider/display/printable";
import { ownVersion } from "../provider/lyceum/own-version";
import { bundle } from "./bundle";
import { check } from "./check";
import { type CommandRow, exitCodes, type Surface, UsageError } from "./command";
import type * as Doctor from "./doctor/doctor";

/**
 * Every subcommand, in the order of the help. What is required within a row is a file of its own in the package
 * (`tools/cli-bundle.mjs`): `check` runs at each commit and has to start fast, so it loads nothing of the others.
 */
export const commands: readonly CommandRow[] = [
  {
    name: "check",
    summary: "validates a compose project: all diagnostics with file and line",
    load: () => check,
  },
  {
    name: "bundle",
    summary: "prints a project of several files as one text",
    load: () => bundle,
  },
  {
    name: "doctor",
    summary: "checks this machine, the configuration and the service; --probe tries it",
    load: () => (require("./doctor/doctor") as typeof Doctor).doctor,
  },
];

/** Runs a command line without its first two words; the answer is the exit code, at once from a command that does not wait. */
export function runCommandLine(args: readonly string[], given: Surface): number | Promise<number> {
  const surface: Surface = { ...given, complain: (text) => given.complain(printable(text)) };
  const [name, ...rest] = args;
  if (name === undefined) {
    surface.complain(help());
    return exitCodes.usage;
  }
  if (["--help", "-h", "help"].includes(name)) {
    surface.print(help());
    return exitCodes.clean;
  }
  if (["--version", "-v"].includes(name)) {
    surface.print(ownVersion());
    return exitCodes.clean;
  }
  const row = commands.find((candidate) => candidate.name === name);
  if (row === undefined) {
    surface.complain(`pulumi-lyceum has no command of this name.\n\n${help()}`);
    return exitCodes.usage;
  }
  return runCommand(row, rest, surface);
}

function runCommand({ name, load }: CommandRow, args: readonly string[], surface: Surface): number | Promise<number> {
  const command = load();
  if (args.includes("--help") || args.includes("-h")) {
    surface.print(command.usage);
    return exitCodes.clean;
  }
  const usageError = (error: unknown): number => {
    if (!(error instanceof UsageError)) throw error;
    surface.complain(`${error.message}.\n\`pulumi-lyceum ${name} --help\` lists the options.`);
    return exitCodes.usage;
  };
  try {
    const code = command.run(args, surface);
    return typeof code === "number" ? code : code.catch(usageError);
  } catch (error) {
    return usageError(error);
  }
}

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n");
  return `Usage: pulumi-lyceum COMMAND [options]\n\n${list}\n\n\`pulumi-lyceum COMMAND --help\` lists its options.`;
}
