#!/usr/bin/env node
import { resolve } from "node:path";
import { diskFiles } from "../provider/compose/project";
import { printable } from "../provider/display/printable";
import { ownVersion } from "../provider/lyceum/own-version";
import { exitCodes, type Surface } from "./command";
import type * as Crash from "./crash";
import { readAtMost, stat } from "./files";
import { createOutput, OutputError } from "./output";
import { runCommandLine } from "./run";
import { terminalColumns, wantsColor } from "./terminal";

const complain = createOutput(2);

const columns = terminalColumns();
const variable = (name: string): string | undefined => process.env[name];

const surface: Surface = {
  folder: process.cwd(),
  read: (path, most) => readAtMost(path === "-" ? path : resolve(path), most),
  stat: (path) => stat(resolve(path)),
  files: diskFiles,
  variable,
  columns,
  color: wantsColor(variable, columns !== undefined),
  print: createOutput(1),
  complain,
};

function crash(error: unknown): number {
  if (error instanceof OutputError) {
    complain(error.message);
    return exitCodes.usage;
  }
  const { crashReport } = require("./crash") as typeof Crash;
  complain(printable(crashReport(error, ownVersion())));
  return exitCodes.usage;
}

function run(): number | Promise<number> {
  try {
    return runCommandLine(process.argv.slice(2), surface);
  } catch (error) {
    return crash(error);
  }
}

const code = run();
// All is written by now, and Node takes a while to give back the memory of a process that ends by itself.
if (typeof code === "number") process.exit(code);
void code.catch(crash).then((later) => {
  process.exitCode = later;
});
