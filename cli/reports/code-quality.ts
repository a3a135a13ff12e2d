import { createHash } from "node:crypto";
import { relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../compose";
import { sentence } from "../../provider/display/wording";
import { shownJson } from "./json";

/** GitLab's words for severities. A warning is `minor` and not `info`, because it may prevent a run. */
const SEVERITIES = { error: "major", warning: "minor" } as const;

/**
 * Returns diagnostics as a Code Quality report. GitLab shows such a report on the lines of a merge request.
 *
 * A fingerprint does not contain the line, so that a diagnostic that only moves to another line is not new to GitLab.
 * If a file has several equal diagnostics, each of them gets a different fingerprint, because GitLab shows only one
 * diagnostic for each fingerprint.
 *
 * @param folder the absolute path from which relative file names start: the root of the repository
 */
export function asCodeQuality(diagnostics: readonly Diagnostic[], folder: string): string {
  const seen = new Map<string, number>();
  const issues = diagnostics.map(({ code, severity, message, remedy, file = "compose.yaml", range, path = "" }) => {
    const identity = JSON.stringify([code, pathFrom(folder, file), path, message]);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return {
      description: `${code}: ${sentence(message)} ${remedy}`.trimEnd(),
      check_name: code,
      fingerprint: createHash("sha256").update(`${identity}${before}`).digest("hex"),
      severity: SEVERITIES[severity],
      location: { path: pathFrom(folder, file), lines: { begin: range?.start.line ?? 1 } },
    };
  });
  return shownJson(issues);
}

/** Returns the path of a file from the root of the repository, with slashes. GitLab finds the file by this path. */
function pathFrom(folder: string, file: string): string {
  return relative(folder, resolve(folder, file)).split(sep).join("/");
}
