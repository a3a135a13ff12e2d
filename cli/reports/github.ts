import { relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../compose";
import { PIPELINE_COMMAND, withDots } from "../../compose/wording";
import { sentence } from "../../provider/display/wording";
import { count } from "../layout";

/**
 * In one step, GitHub shows at most this many annotations of each severity. GitHub leaves out further annotations
 * without a message.
 */
const MOST_ANNOTATIONS = 10;

/**
 * Returns diagnostics as workflow commands. GitHub shows them on the lines of a pull request. File names are relative
 * to the workspace (the root of the repository), even if the command runs in another folder. If GitHub would not show
 * all diagnostics of a severity, the last annotation has the number of the omitted diagnostics. The log then lists
 * these diagnostics as ordinary lines.
 *
 * @param folder the absolute path from which relative file names start
 * @param workspace the variable GITHUB_WORKSPACE
 */
export function asGithub(diagnostics: readonly Diagnostic[], folder: string, workspace: string = folder): string {
  const pathOf = ({ file = "compose.yaml" }: Diagnostic) => {
    const path = relative(workspace, resolve(folder, file));
    return path.startsWith(`..${sep}`) ? resolve(folder, file) : path;
  };
  const bounded = (["error", "warning"] as const).map((severity) => {
    const own = diagnostics.filter((one) => one.severity === severity);
    const shown = own.length > MOST_ANNOTATIONS ? own.slice(0, MOST_ANNOTATIONS - 1) : own;
    return { severity, shown: new Set(shown), others: own.slice(shown.length) };
  });
  return [
    ...diagnostics
      .filter((one) => bounded.some(({ shown }) => shown.has(one)))
      .map((one) => annotation(one, pathOf(one))),
    ...bounded.flatMap(({ severity, others }) =>
      others.length === 0
        ? []
        : [
            `::${severity} title=${others.length} more::${count(others.length, `further ${severity}`)}, in the log of this step.`,
            ...others.map((one) => logLine(one, pathOf(one))),
          ],
    ),
  ].join("\n");
}

function annotation({ code, severity, message, remedy, range }: Diagnostic, file: string): string {
  const properties = { file, ...(range === undefined ? {} : positionOf(range)), title: code };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${severity} ${list.join(",")}::${escaped(`${sentence(message)} ${remedy}`)}`;
}

/** Returns a diagnostic as a line that GitHub does not read as a command. */
function logLine({ code, severity, message, remedy, range }: Diagnostic, file: string): string {
  const position = range === undefined ? "" : `:${range.start.line}:${range.start.column}`;
  return `${escapedProperty(file)}${position} ${severity} ${code}: ${escaped(`${sentence(message)} ${remedy}`)}`;
}

/** Returns the position of a range in GitHub's form. GitHub accepts columns only if the range is on one line. */
function positionOf({ start, end }: NonNullable<Diagnostic["range"]>): Readonly<Record<string, number>> {
  const lines = { line: start.line, endLine: end.line };
  return start.line === end.line ? { ...lines, col: start.column, endColumn: end.column } : lines;
}

function escaped(text: string): string {
  const lines = text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  // GitHub reads `##[` anywhere in a line as the beginning of a command. So the line must not contain this text.
  return withDots(lines).replace(PIPELINE_COMMAND, "# ");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
