import { printDiagnostics } from "../provider/compose";
import { printable } from "../provider/display/printable";
import { ownVersion } from "../provider/lyceum/own-version";
import { type Command, exitCodes, type Surface, UsageError } from "./command";
import { asJson } from "./json";
import type { OptionTable } from "./option-table";
import { readArguments } from "./options";
import { namedProject, projectOptions } from "./project-options";
import { asSarif } from "./sarif";
import { validateProject } from "./validate-project";
import { textPath, validateText } from "./validate-text";
import { errorsFirst, type ValidationResult } from "./validation-result";

const options = {
  ...projectOptions,
  strict: { type: "boolean", default: false, help: "warnings count as errors" },
  json: {
    type: "boolean",
    default: false,
    help: "a list of {code, severity, message, file, line, column, path, remedy}",
  },
  sarif: { type: "boolean", default: false, help: "SARIF 2.1.0, for code-scanning pages" },
} as const satisfies OptionTable;

/** `pulumi-lyceum check`: validates a compose project without Pulumi. */
export const check: Command = {
  synopsis: "[FILE|FOLDER] [options]",
  about: [
    `Validates a compose project for a run on Lyceum Cloud: all diagnostics at once, each with file, line and what to do. FOLDER
    (default: this one) holds a file of a name that Compose looks for, and maybe its override; \`-\` is the standard input, a text
    by itself.`,
  ],
  options,
  closing: [
    "Exit code: 0 no errors (there may be warnings), 1 errors, 2 the command line is not valid or a file was not found.",
    "docs/reference/diagnostics.md of the package explains every code.",
  ],
  run(args, surface) {
    const read = readArguments(args, options, { allowPositionals: true });
    const { json, sarif, strict } = read.values;
    const project = namedProject(read, surface);
    if (json && sarif) throw new UsageError("Either --json or --sarif");
    const text = textPath(project, surface);
    const result = text === undefined ? validateProject(project, surface) : validateText(text, project, surface);
    if (json) surface.print(asJson(result.diagnostics));
    else if (sarif) surface.print(asSarif(result.diagnostics, { version: ownVersion(), folder: surface.folder }));
    else printResult(result, surface);
    const counts = result.diagnostics.some(({ severity }) => strict || severity === "error");
    return counts ? exitCodes.errors : exitCodes.clean;
  },
};

function printResult({ diagnostics, secrets, linesOf, files }: ValidationResult, surface: Surface): void {
  const shown = errorsFirst(diagnostics);
  if (shown.length > 0) surface.print(printable(printDiagnostics(shown, { lines: linesOf, secrets })));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const found = [count(errors, "error"), count(warnings, "warning")].filter((part) => part !== "").join(", ");
  surface.complain(`${files.join(", ")}: ${found === "" ? "no errors" : found}`);
}

function count(number: number, word: string): string {
  if (number === 0) return "";
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
