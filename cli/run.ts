import { printable } from "../provider/display/printable";
import { ownVersion } from "../provider/lyceum/own-version";
import { bundle } from "./bundle";
import { check } from "./check";
import { type Command, exitCodes, type Surface, UsageError } from "./command";
import { doctor } from "./doctor/doctor";

/** Every subcommand, in the order of the help. */
export const commands: readonly Command[] = [check, bundle, doctor];

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
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    surface.complain(`pulumi-lyceum has no command of this name.\n\n${help()}`);
    return exitCodes.usage;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    surface.print(command.usage);
    return exitCodes.clean;
  }
  const usageError = (error: unknown): number => {
    if (!(error instanceof UsageError)) throw error;
    surface.complain(`${error.message}.\n\`pulumi-lyceum ${command.name} --help\` lists the options.`);
    return exitCodes.usage;
  };
  try {
    const code = command.run(rest, surface);
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
