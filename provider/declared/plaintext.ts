import { relative, resolve } from "node:path";
import { type Diagnostic, isAdjustable, readingCatalogue, type ValidationCode, validateCompose } from "../compose";
import { bundleProject, bundleText } from "../compose/project";
import { WHOLE_RULES } from "../policy";
import { createSecretSet } from "../secrets";
import { asDiagnostic } from "./diagnostics";
import { type DeclaredInputs, textOf } from "./document";
import type { DeclaredLocation } from "./location";
import { type ProjectFolder, projectOptions, textsOf, variablesOf } from "./project";

/** Diagnostics of secrets that are written out. */
const PLAINTEXT: ReadonlySet<string> = new Set<ValidationCode>(["LYC2601", "LYC2602"]);

/** A secret that is written out, or why it cannot be told whether there is one. */
type Finding = Pick<Diagnostic, "message"> & Partial<DeclaredLocation>;

const UNKNOWN: readonly Finding[] = [{ message: "its Compose document is not known at preview" }];

/**
 * The secrets in plaintext of an execution, as violations: in its project as `check` puts it together, or in the text that the program gives. The
 * severities that the program chooses do not count. Nothing is found in a text that is secret as a whole.
 */
export function plaintextViolations(
  name: string,
  inputs: DeclaredInputs,
  project: ProjectFolder,
): readonly Diagnostic[] {
  const { code, remedy } = WHOLE_RULES.noPlaintextSecrets;
  const found = inputs.composeFile === undefined ? inText(inputs) : inProject(inputs, project);
  return found.map(({ message, ...location }) => asDiagnostic({ code, remedy, name, message }, location));
}

function inProject(inputs: DeclaredInputs, project: ProjectFolder): readonly Finding[] {
  const options = projectOptions(inputs, project);
  if (options === undefined) return UNKNOWN;
  const { diagnostics, folder, secrets, unknown } = bundleProject(options, project.files);
  if (unknown) return UNKNOWN;
  const { redact } = createSecretSet(secrets);
  const broken = diagnostics.find(keepsFromReading);
  return [
    ...diagnostics.filter(isPlaintext),
    // Only this message may hold what a variable gives: the name of a file.
    ...(broken === undefined
      ? []
      : [{ ...broken, message: `its Compose files cannot be read: ${redact(broken.message)}` }]),
  ].map(({ message, file, range }) => ({
    message,
    ...(file === undefined ? {} : { file: relative(project.folder, resolve(folder, file)) }),
    ...(range === undefined ? {} : { range }),
  }));
}

function inText(inputs: DeclaredInputs): readonly Finding[] {
  const given = textOf(inputs);
  if (given.kind === "secret") return [];
  if (given.kind === "unknown") return UNKNOWN;
  // It is sent as it is written where neither variables nor profiles are given.
  const written = validateCompose(given.text).diagnostics;
  const resolved = bundleText(given.text, { variables: variablesOf(inputs), profiles: textsOf(inputs.profiles) ?? [] });
  const messages = [...written, ...resolved.diagnostics].filter(isPlaintext).map(({ message }) => message);
  return [...new Set(messages)].map((message) => ({ message }));
}

function isPlaintext({ code }: Diagnostic): boolean {
  return PLAINTEXT.has(code);
}

/** Whether a diagnostic is an error after which nobody has looked for secrets, at least not everywhere. */
function keepsFromReading({ code, severity }: Diagnostic): boolean {
  return severity === "error" && (!isAdjustable(code) || Object.hasOwn(readingCatalogue, code));
}
