#!/usr/bin/env node
import { resolve } from "node:path";
import { diskFiles } from "../provider/compose/project";
import { readAtMost, stat } from "./files";
import { runCommandLine } from "./run";

// A reader that has seen enough, such as `head`, is not an error.
process.stdout.on("error", (error: { code?: string }) => {
  if (error.code !== "EPIPE") throw error;
});

// Below, not `process.exit`: what is written to a pipe would be cut off.
const exitCode = runCommandLine(process.argv.slice(2), {
  folder: process.cwd(),
  read: (path, most) => readAtMost(path === "-" ? path : resolve(path), most),
  stat: (path) => stat(resolve(path)),
  files: diskFiles,
  variable: (name) => process.env[name],
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});

if (typeof exitCode === "number") process.exitCode = exitCode;
else {
  void exitCode.then((code) => {
    process.exitCode = code;
  });
}
