import type { Diagnostic, LineIndex, Range } from "../../compose";
import { isSecretLine } from "../../provider/compose-rules";
import type { SecretSet } from "../../provider/secrets";

/** The result of validating a project, as commands report it. */
export interface ValidationResult {
  /** The names of the project's files, as messages show them. */
  readonly files: readonly string[];
  /** The diagnostics, with file names relative to the folder of the command. */
  readonly diagnostics: readonly Diagnostic[];
  /** Returns the lines of a file, for printing a line with a diagnostic. `undefined` if the lines must not be shown. */
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
  /** The names of the project's jobs, if the project was validated as a whole and not for one job. */
  readonly jobs?: readonly string[];
  /** Values that no printed line may contain. */
  readonly secrets: SecretSet;
}

/**
 * Masks secrets in the diagnostics: a name in a message, such as that of a missing service, may be the value of a
 * variable. If a line of a range contains a secret, only the start of the range stays, because the end would show how
 * long the secret is. The same holds for a diagnostic that hides its source.
 */
export function withoutSecrets(
  diagnostics: readonly Diagnostic[],
  linesOf: ValidationResult["linesOf"],
  secrets: SecretSet,
): readonly Diagnostic[] {
  const { redact } = secrets;
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    ...(diagnostic.range === undefined ? {} : { range: shownRange(diagnostic, diagnostic.range) }),
    message: redact(diagnostic.message),
    remedy: redact(diagnostic.remedy),
    ...(diagnostic.path === undefined ? {} : { path: redact(diagnostic.path) }),
  }));

  function shownRange({ file, hidesSource }: Diagnostic, { start, end }: Range): Range {
    const lines = linesOf(file);
    const numbers = Array.from({ length: end.line - start.line + 1 }, (_none, index) => start.line + index);
    const isHidden = hidesSource || numbers.some((line) => lines !== undefined && isSecretLine(lines, line, secrets));
    return { start, end: isHidden ? start : end };
  }
}

/**
 * Returns the results of several projects without repeated diagnostics. If two projects include the same file and both
 * have the same diagnostic of this file, only the first result keeps it.
 */
export function withoutRepeats(results: readonly ValidationResult[]): readonly ValidationResult[] {
  const reported = new Set<string>();
  return results.map((result) => {
    const diagnostics = result.diagnostics.filter((diagnostic) => !reported.has(keyOf(diagnostic)));
    for (const diagnostic of diagnostics) reported.add(keyOf(diagnostic));
    return { ...result, diagnostics };
  });
}

function keyOf({ code, severity, file, range, message }: Diagnostic): string {
  return JSON.stringify([file, range?.start.offset, code, severity, message]);
}
