import type { Diagnostic, LineIndex } from "../../compose";
import type { SecretSet } from "../../provider/secrets";

/** What a command has validated, and how it is reported. */
export interface ValidationResult {
  /** The files that were named or looked for, as they are shown. */
  readonly files: readonly string[];
  /** Their files are named as the folder of the command sees them. */
  readonly diagnostics: readonly Diagnostic[];
  /** The lines of a file that a diagnostic names, for printing it; `undefined` when they are not to be shown. */
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
  /** What no printed line may hold. */
  readonly secrets: SecretSet;
}

/** The diagnostics with no secret in their words: a value that a variable has put in may be what is not valid. */
export function withoutSecrets(diagnostics: readonly Diagnostic[], { redact }: SecretSet): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: redact(diagnostic.message),
    remedy: redact(diagnostic.remedy),
    ...(diagnostic.path === undefined ? {} : { path: redact(diagnostic.path) }),
  }));
}

/** The results of several projects, each diagnostic only in the first that has it: two projects may include the same file. */
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
