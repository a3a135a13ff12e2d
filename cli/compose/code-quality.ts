import { createHash } from "node:crypto";
import { relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../compose";
import { sentence } from "../../provider/display/wording";
import { shownJson } from "./json";

/** GitLab's severities. An error prevents a run, and a warning may. */
const SEVERITIES = { error: "major", warning: "minor" } as const;

/**
 * Diagnostics as a Code Quality report of GitLab, which shows them on the lines of a merge request.
 *
 * A fingerprint does not depend on the line. So a diagnostic that only moves is not reported as a new one. Of several
 * equal ones in a file, each has its own fingerprint, because GitLab shows one of those with the same.
 *
 * @param folder that relative file names start from, which is the root of the repository; absolute
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

/** The path of a file from the root, with slashes. GitLab finds a file of the repository by it. */
function pathFrom(folder: string, file: string): string {
  return relative(folder, resolve(folder, file)).split(sep).join("/");
}
