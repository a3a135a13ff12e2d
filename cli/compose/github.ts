import { relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../compose";
import { PIPELINE_COMMAND, withDots } from "../../compose/wording";
import { sentence } from "../../provider/display/wording";

/**
 * Diagnostics as workflow commands of GitHub, which shows them on the lines of a pull request. File names are relative
 * to the workspace, which is the root of the repository, wherever the command runs.
 *
 * @param folder that relative file names start from, absolute.
 * @param workspace the variable GITHUB_WORKSPACE.
 */
export function asGithub(diagnostics: readonly Diagnostic[], folder: string, workspace: string = folder): string {
  return diagnostics
    .map(({ code, severity, message, remedy, file = "compose.yaml", range }) => {
      const path = relative(workspace, resolve(folder, file));
      const properties = {
        file: path.startsWith(`..${sep}`) ? resolve(folder, file) : path,
        ...(range === undefined ? {} : positionOf(range)),
        title: code,
      };
      const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
      return `::${severity} ${list.join(",")}::${escaped(`${sentence(message)} ${remedy}`)}`;
    })
    .join("\n");
}

/** GitHub accepts columns only if the range is on one line. */
function positionOf({ start, end }: NonNullable<Diagnostic["range"]>): Readonly<Record<string, number>> {
  const lines = { line: start.line, endLine: end.line };
  return start.line === end.line ? { ...lines, col: start.column, endColumn: end.column } : lines;
}

function escaped(text: string): string {
  const lines = text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  // GitHub finds the older form of a workflow command anywhere in a line, so it is changed.
  return withDots(lines).replace(PIPELINE_COMMAND, "# ");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
