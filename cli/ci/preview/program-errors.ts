import { relative } from "node:path";
import type { Diagnostic } from "../../../compose";
import { PROGRAM_ERROR } from "../../reports/program-error";
import type { ObservedCommand } from "../stack/events";

/** The largest number of program errors that are shown on lines of a pull request. */
const MOST = 50;

/**
 * Returns the program's errors that name a file and a line. The language host for YAML prints such errors, and the
 * language host for Node.js reports an exception with its stack trace. Errors of programs in other languages are not
 * found.
 *
 * @param folder the absolute path of the project's folder; file names become relative to it
 */
export function programErrors(
  { messages, printed }: Pick<ObservedCommand, "messages" | "printed">,
  folder: string,
): readonly Diagnostic[] {
  const ofNode = messages.flatMap(({ severity, text }) => (severity === "error" ? errorsOfNode(text, folder) : []));
  const found = [...ofNode, ...errorsOfYaml(printed)];
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()].slice(0, MOST);
}

const EXCEPTION = /^Running program '[^\n]*' failed with an unhandled exception:\n/;
/** Matches a line of a stack trace: the file, the line and the column. */
const FRAME = /^\s+at (?:[^\n(]* \()?(?:file:\/\/)?(\/[^\n()]*):(\d+):(\d+)\)?$/;
/** Matches an error of the TypeScript compiler. */
const COMPILER = /^(\S[^\n(:]*\.[cm]?tsx?)[(:](\d+)[,:](\d+)\)?(?::| -) error (TS\d+: [^\n]*)$/;

function errorsOfNode(text: string, folder: string): readonly Diagnostic[] {
  const lines = text.replace(EXCEPTION, "").split("\n");
  const compiled = lines.flatMap((line) => {
    const [, file, row, column, message] = COMPILER.exec(line) ?? [];
    return file === undefined || message === undefined ? [] : [errorAt(file, Number(row), Number(column), message)];
  });
  if (compiled.length > 0) return compiled;
  if (!EXCEPTION.test(text)) return [];
  const own = (path: string | undefined) => path !== undefined && isOwn(relative(folder, path));
  // If Node.js cannot parse a file, it prints the location first, then the line of the file, and then a caret below the
  // error.
  const [, broken, brokenRow] = /^(\/[^\n]*):(\d+)$/.exec(lines[0] ?? "") ?? [];
  if (own(broken)) {
    const message = lines.find((line) => /^\w*Error: /.test(line)) ?? "The program cannot be parsed";
    const caret = lines.find((line) => /^ *\^+$/.test(line))?.indexOf("^") ?? 0;
    return [errorAt(relative(folder, broken ?? ""), Number(brokenRow), caret + 1, message)];
  }
  const frame = lines.map((line) => FRAME.exec(line)).find((match) => own(match?.[1]));
  if (frame === undefined || frame === null) return [];
  const [, file = "", row, column] = frame;
  return [errorAt(relative(folder, file), Number(row), Number(column), lines[0] ?? "")];
}

/** Returns whether a file belongs to the program, and not to a package. */
function isOwn(file: string): boolean {
  return file !== "" && !file.startsWith("..") && !file.split("/").includes("node_modules");
}

/** Finds errors in the output of the language host for YAML: the message, the location, and the line with the error. */
function errorsOfYaml(printed: readonly string[]): readonly Diagnostic[] {
  const lines = printed.flatMap((text) => text.split("\n")).filter((line) => line.trim() !== "");
  return lines.flatMap((line, at) => {
    const [, message] = /^Error: (.*)$/.exec(line) ?? [];
    const [, file, row] = /^ {2}on (.+) line (\d+):$/.exec(lines[at + 1] ?? "") ?? [];
    if (message === undefined || file === undefined) return [];
    const [, source = ""] = /^ {2}\d+: (.*)$/.exec(lines[at + 2] ?? "") ?? [];
    return [errorAt(file, Number(row), source.search(/\S|$/) + 1, message)];
  });
}

function errorAt(file: string, line: number, column: number, message: string): Diagnostic {
  const { code, severity, remedy } = PROGRAM_ERROR;
  const start = { line, column, offset: 0 };
  return { code, severity, message, remedy, file, range: { start, end: start } };
}
