import type { Diagnostic } from "../compose";
import { sentence } from "../display/sentence";
import { type Violation, WHOLE_RULES } from "../policy";
import { type DeclaredInputs, documentOf, plaintextIn } from "./document";
import { composeFilesOf, type ProjectFolder, placeOf } from "./place";

/** A violation as a diagnostic, with its place in a Compose file where there is one. */
export function asDiagnostic(
  { code, name, message, remedy, path }: Violation,
  inputs: DeclaredInputs,
  project: ProjectFolder,
): Diagnostic {
  const place = path === undefined ? undefined : placeOf(path, inputs, project);
  return { code, severity: "error", message: name === "" ? message : `${name}: ${message}`, remedy, ...place };
}

/** One line for a violation, which begins with its place. */
export function violationLine({ file = "", range, code, message, remedy }: Diagnostic): string {
  const place = file === "" ? "" : `${file}:${range?.start.line ?? 1}:${range?.start.column ?? 1} `;
  return `${place}error ${code}: ${sentence(message)} ${remedy}`;
}

/**
 * Secrets in plaintext in the Compose files of an execution, each with its code of the validation, also where the program has switched these
 * diagnostics off. Undefined where there is no file to read.
 */
export function plaintextInFiles(inputs: DeclaredInputs, project: ProjectFolder): readonly Diagnostic[] | undefined {
  const files = composeFilesOf(inputs, project);
  if (files.length === 0) return undefined;
  return files.flatMap(({ file, text }) => plaintextIn(text).map((one) => ({ ...one, file })));
}

/** A secret in plaintext as a violation. */
export function plaintextViolation(name: string, message: string): Violation {
  const { code, remedy } = WHOLE_RULES.noPlaintextSecrets;
  return { code, name, message, remedy };
}

/** Secrets in plaintext of an execution: in its files, else in the document that the program gives. */
export function plaintextViolations(
  name: string,
  inputs: DeclaredInputs,
  project: ProjectFolder,
): readonly Diagnostic[] {
  const inFiles = plaintextInFiles(inputs, project);
  if (inFiles !== undefined) {
    return inFiles.map(({ message, file, range }) => ({
      ...asDiagnostic(plaintextViolation(name, message), inputs, project),
      ...(file === undefined ? {} : { file }),
      ...(range === undefined ? {} : { range }),
    }));
  }
  const document = documentOf(inputs);
  if (document.kind === "secret") return [];
  const messages =
    document.kind === "unknown"
      ? ["its Compose document is not known at preview"]
      : plaintextIn(document.text).map(({ message }) => message);
  return messages.map((message) => asDiagnostic(plaintextViolation(name, message), inputs, project));
}
