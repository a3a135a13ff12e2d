#!/usr/bin/env node
import { resolve } from "node:path";
import { diskFiles } from "../compose/node";
import { printable } from "../provider/display/printable";
import { ownVersion } from "../provider/lyceum/http/own-version";
import { EXIT_CODES, type Surface } from "./command";
import { readAtMost, stat } from "./compose/files";
import { crashReport, createOutput, OutputError, terminalColumns, wantsColor } from "./output";
import { runCommandLine } from "./run";

const printError = createOutput(2);

const columns = terminalColumns(1);
const variable = (name: string): string | undefined => process.env[name];

const surface: Surface = {
  folder: process.cwd(),
  read: (path, most) => readAtMost(path === "-" ? path : resolve(path), most),
  stat: (path) => stat(resolve(path)),
  files: diskFiles,
  variable,
  columns,
  errorColumns: () => terminalColumns(2),
  color: wantsColor(variable, columns !== undefined),
  print: createOutput(1),
  printError,
};

function crash(error: unknown): number {
  if (error instanceof OutputError) {
    printError(error.message);
    return EXIT_CODES.usage;
  }
  printError(printable(crashReport(error, ownVersion())));
  return EXIT_CODES.usage;
}

function run(): number | Promise<number> {
  try {
    return runCommandLine(process.argv.slice(2), surface);
  } catch (error) {
    return crash(error);
  }
}

const code = run();
// All output is written. Without `exit`, Node would first free the memory of the process, and this takes time.
if (typeof code === "number") process.exit(code);
// If a bug leaves Node nothing to wait for, Node exits before the command has ended. The exit code must then show an
// error.
process.exitCode = EXIT_CODES.usage;
void code.catch(crash).then((later) => {
  process.exitCode = later;
});
