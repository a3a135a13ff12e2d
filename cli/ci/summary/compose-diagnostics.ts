import { join, relative, resolve } from "node:path";
import type { Diagnostic } from "../../../compose";
import { OPTION_CODES } from "../../../compose/project";
import { nameOf } from "../../../provider/schema";
import type { ObservedMessage } from "../stack/events";

/** The parts of a provider's message. */
export interface ReadMessage {
  readonly diagnostics: readonly Diagnostic[];
  /** Lines of the message that are not compose diagnostics. */
  readonly rest: string;
}

/** The text between the position and the message of a diagnostic, as `printDiagnostic` writes it. */
const KIND = / (error|warning) (LYC2\d{3}): /;
/** The text that the engine puts before the message of a check failure. */
const PROBLEM = " has a problem: ";
/** The heading of a list of errors. */
const HEADING = " errors in the compose document:";
const SOURCE = /^ +\d* \| /;
const CARETS = /^ +\| ( *)(\^+)$/;

/** Reads the diagnostics of Compose documents out of a message, with file and line. */
export function readMessage({ text }: Pick<ObservedMessage, "text">): ReadMessage {
  const diagnostics: Writable[] = [];
  const rest: string[] = [];
  for (const line of text.split("\n")) {
    const head = headOf(line);
    const last = diagnostics.at(-1);
    if (head !== undefined) diagnostics.push(head);
    else if (last !== undefined && CARETS.test(line)) {
      const [, , carets = ""] = CARETS.exec(line) ?? [];
      if (last.range !== undefined) {
        const { start } = last.range;
        last.range = { start, end: { ...start, column: start.column + carets.length } };
      }
    } else if (last !== undefined && line.startsWith("  ") && !SOURCE.test(line)) {
      last.remedy = [last.remedy, line.trim()].filter((part) => part !== "").join(" ");
    } else if (!line.endsWith(HEADING) && !(last !== undefined && SOURCE.test(line)) && line.trim() !== "") {
      rest.push(line);
    }
  }
  return { diagnostics, rest: rest.join("\n") };
}

type Writable = { -readonly [Key in keyof Diagnostic]: Diagnostic[Key] };

/** Parses the first line of a diagnostic. Returns undefined for any other line. */
function headOf(line: string): Writable | undefined {
  const problem = line.indexOf(PROBLEM);
  const text = problem < 0 ? line : line.slice(problem + PROBLEM.length);
  const kind = KIND.exec(text);
  if (kind === null || text.startsWith(" ")) return undefined;
  const [whole, severity, code = ""] = kind;
  const location = text.slice(0, kind.index);
  const [, file = location, row, column] = /^(.*):(\d+):(\d+)$/.exec(location) ?? [];
  // Nothing uses the offset of this diagnostic.
  const start = { line: Number(row), column: Number(column), offset: 0 };
  return {
    code,
    severity: severity === "warning" ? "warning" : "error",
    message: text.slice(kind.index + whole.length),
    file,
    remedy: "",
    ...(row === undefined ? {} : { range: { start, end: start } }),
  };
}

/** A diagnostic of a Compose document, and the executions that have reported it. */
export interface NamedDiagnostic extends Diagnostic {
  /** The names of the executions, sorted. Several executions may have the same document. */
  readonly names?: readonly string[];
}

/** Returns the diagnostics of all messages, by file and line. Repetitions are left out. */
export function diagnosticsIn(messages: readonly ObservedMessage[]): readonly NamedDiagnostic[] {
  const found = new Map<string, NamedDiagnostic>();
  for (const message of messages) {
    const own = message.urn === undefined ? [] : [nameOf(message.urn)];
    for (const diagnostic of readMessage(message).diagnostics) {
      const key = JSON.stringify(diagnostic);
      const names = [...new Set([...(found.get(key)?.names ?? []), ...own])].sort();
      found.set(key, names.length === 0 ? diagnostic : { ...diagnostic, names });
    }
  }
  const line = ({ range }: NamedDiagnostic) => range?.start.line ?? 0;
  return [...found.values()].sort(
    (a, b) => compare(a.file ?? "", b.file ?? "") || line(a) - line(b) || compare(JSON.stringify(a), JSON.stringify(b)),
  );
}

/**
 * Returns the diagnostics with file names relative to the folder of the command, which in a pipeline is the root of the
 * repository.
 *
 * @param project the folder of the Pulumi project, to which the provider's file names are relative
 */
export function withFileNames<One extends Diagnostic>(
  found: readonly One[],
  project: string,
  root: string,
): readonly One[] {
  return found.map((one) => {
    if (one.file === undefined) return one;
    // A code in `OPTION_CODES` concerns an argument of the program. The file that sets the argument is not known, so
    // the diagnostic names the project file.
    if (OPTION_CODES.has(one.code)) return { ...one, file: relative(root, join(project, "Pulumi.yaml")) };
    // A Compose text in the program has no file. So the name of its argument stands in place of a file name.
    return one.file === "composeFileCode" ? one : { ...one, file: relative(root, resolve(project, one.file)) };
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
