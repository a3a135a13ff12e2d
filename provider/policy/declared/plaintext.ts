import {
  type Diagnostic,
  isAdjustable,
  READING_CATALOGUE,
  type ValidationCode,
  validateCompose,
} from "../../../compose";
import { bundleProject, bundleText, type ReadSource } from "../../../compose/project";
import { documentSecrets, rulesOfProject, rulesOfText } from "../../compose-rules";
import { sentence } from "../../display/wording";
import {
  type Evaluation,
  type Policy,
  type PolicySubject,
  type RuleName,
  ruleViolations,
  STRICT,
  type Violation,
  WHOLE_RULES,
  withoutExceptions,
} from "..";
import { type DeclaredInputs, textOf } from "./document";
import { type DeclaredLocation, fromProject, locations } from "./location";
import { imagesByName, type ProjectFolder, projectOptions, readTextsByName, textsByName, textsOf } from "./project";

/** The codes of the diagnostics of plaintext secrets. */
const PLAINTEXT: ReadonlySet<string> = new Set<ValidationCode>(["LYC2601", "LYC2602"]);

/** A plaintext secret, or the reason why the document cannot be searched for secrets. */
type Finding = Pick<Diagnostic, "message"> & Partial<Pick<Diagnostic, "remedy"> & DeclaredLocation>;

const UNKNOWN: readonly Finding[] = [
  {
    message: "its Compose document is not known at preview",
    remedy:
      "Give a document that is known at preview, with the names of its files and variables as plain text. Values of variables may be secret.",
  },
];
const UNKNOWN_FILES: Finding = {
  message:
    "not all files of its Compose project are known at preview: a variable that names files or profiles is secret or not known yet",
  remedy: "Give each variable that names files or profiles a value that is known at preview and not secret.",
};
const READABLE = "Correct the files, or their paths.";

/**
 * Yields a violation for each plaintext secret in the Compose project of an execution, or in the Compose text in the
 * program. A Compose text that is itself a secret has no violations. The argument `diagnostics` of the execution does
 * not change the severity of a violation.
 *
 * In a policy pack, reading an unknown value throws an error. So the violations that need no unknown value come first.
 */
export function* plaintextViolations(
  name: string,
  inputs: DeclaredInputs,
  project: ProjectFolder,
  evaluation: Evaluation = STRICT,
): Generator<Diagnostic, void, undefined> {
  const rule = "noPlaintextSecrets";
  const { code, remedy } = WHOLE_RULES[rule];
  const found = inputs.composeFile === undefined ? inText(inputs) : inProject(inputs, project);
  for (const { message, remedy: own = remedy, ...location } of found) {
    const violation = { rule, code, remedy: own, name, message } as const;
    for (const one of withoutExceptions([violation], evaluation))
      yield asDiagnostic(one, location, evaluation.severity);
  }
}

function* inProject(inputs: DeclaredInputs, project: ProjectFolder): Generator<Finding, void, undefined> {
  const options = projectOptions(inputs, project);
  if (options === undefined) return yield* UNKNOWN;
  const { diagnostics, folder, secrets, names, sources, unknown, linesOf } = bundleProject(
    { ...options, ...rulesOfProject() },
    project.files,
  );
  const documents = sources.map(({ file }) => linesOf(file));
  // Messages are redacted, because a message may show a secret that is in a key, or that Compose has used as a file
  // name.
  const { redact } = documentSecrets(documents, secrets, names);
  const shown = (found: readonly Diagnostic[]) =>
    once(found).map(({ message, ...at }): Finding => ({ message: redact(message), ...placed(at) }));
  if (unknown) {
    yield* shown(writtenIn(sources));
    readTextsByName(inputs);
    return yield UNKNOWN_FILES;
  }
  yield* shown([...diagnostics.filter(isPlaintext), ...writtenIn(sources)]);
  const broken = diagnostics.find(keepsFromReading);
  if (broken === undefined) return;
  const message = `its Compose files cannot be read: ${redact(broken.message)}`;
  yield { message, remedy: READABLE, ...placed(broken) };

  /**
   * Returns the location of a finding. The range ends where it starts, so that it does not show the length of the
   * secret.
   */
  function placed({ file, range }: Pick<Diagnostic, "file" | "range">): Partial<DeclaredLocation> {
    const of = range === undefined ? {} : { range: { start: range.start, end: range.start } };
    return file === undefined ? of : { file: fromProject(project.folder, folder, file), ...of };
  }
}

/**
 * Returns the plaintext secrets in the files before bundling. The diagnostics of `bundleProject` do not report a secret
 * in three cases: the value also contains a secret variable, the Compose service is inactive, or a later file overrides
 * the value.
 */
function writtenIn(sources: readonly ReadSource[]): readonly Diagnostic[] {
  return sources.flatMap(({ file, bytes }) =>
    validateCompose(bytes, rulesOfText())
      .diagnostics.filter(isPlaintext)
      .map((diagnostic) => ({ ...diagnostic, file })),
  );
}

/** Keeps only the first diagnostic at each location. */
function once(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { file, range, message } = diagnostic;
    const place = JSON.stringify([file, range?.start ?? message]);
    if (!places.has(place)) places.set(place, diagnostic);
  }
  return [...places.values()];
}

function inText(inputs: DeclaredInputs): readonly Finding[] {
  const given = textOf(inputs);
  if (given.kind === "secret") return [];
  if (given.kind === "unknown") return UNKNOWN;
  // Searches the unchanged text. The provider sends this text if the program passes no argument that changes the text,
  // such as `variables`.
  const written = validateCompose(given.text, rulesOfText());
  const variables = textsByName(inputs.variables);
  if (variables === undefined) return UNKNOWN;
  const resolved = bundleText(given.text, {
    variables,
    images: imagesByName(inputs),
    profiles: textsOf(inputs.profiles) ?? [],
    ...(typeof inputs.job === "string" ? { job: inputs.job } : { withoutJobs: true }),
    ...rulesOfProject(),
  });
  const { redact } = documentSecrets([written.lines], [], written.names);
  const found = [...written.diagnostics, ...resolved.diagnostics].filter(isPlaintext);
  const messages = found.map(({ message }) => redact(message));
  return [...new Set(messages)].map((message) => ({ message }));
}

function isPlaintext({ code }: Diagnostic): boolean {
  return PLAINTEXT.has(code);
}

/**
 * Returns true if a diagnostic is an error that prevents reading or merging the files. The search for secrets is then
 * incomplete.
 */
function keepsFromReading({ code, severity }: Diagnostic): boolean {
  return severity === "error" && (!isAdjustable(code) || Object.hasOwn(READING_CATALOGUE, code));
}

/** Converts a violation to a diagnostic. The diagnostic gets the fields of `location`, such as `file` and `range`. */
export function asDiagnostic(
  { code, name, message, remedy }: Pick<Violation, "code" | "name" | "message" | "remedy">,
  location: Partial<DeclaredLocation> | undefined,
  severity: Diagnostic["severity"] = "error",
): Diagnostic {
  return { code, severity, message: name === "" ? message : `${name}: ${message}`, remedy, ...location };
}

/** Returns the violations of one rule by an execution, each with its location in the Compose files. */
export function declaredViolations(
  rule: RuleName,
  policy: Policy,
  subject: PolicySubject,
  inputs: DeclaredInputs,
  project: ProjectFolder,
  evaluation: Evaluation = STRICT,
): readonly Diagnostic[] {
  const locationOf = locations(inputs, project);
  return withoutExceptions(ruleViolations(rule, policy, subject), evaluation).map((violation) =>
    asDiagnostic(violation, violation.path === undefined ? undefined : locationOf(violation.path), evaluation.severity),
  );
}

/** A violation as one line of text. The line begins with the location, if the location is known. */
export function violationLine({ file = "", range, severity, code, message, remedy }: Diagnostic): string {
  const location = file === "" ? "" : `${file}:${range?.start.line ?? 1}:${range?.start.column ?? 1} `;
  return `${location}${severity} ${code}: ${sentence(message)} ${remedy}`;
}
