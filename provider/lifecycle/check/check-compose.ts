import {
  type Diagnostic,
  isAdjustable,
  type PrintOptions,
  printDiagnostic,
  printDiagnostics,
  validateCompose,
} from "../../../compose";
import { bundleText, OPTION_CODES } from "../../../compose/project";
import {
  documentSecrets,
  isSecretLine,
  type RegistryAccess,
  type RunContext,
  rulesOfProject,
  rulesOfText,
} from "../../compose-rules";
import { type CheckFailure, isMap, type Properties } from "../../schema";
import { uncheckedSecrets } from "../inputs/parse-inputs";
import { isResolved, jobOption } from "../inputs/resolved-text";
import { declaredImages, declaredVariables, textsIn } from "../inputs/variables";
import { noteRead } from "../run/identity/text-cache";
import { choicesIn, containsUnknown, type ResourceInputs } from "../run/inputs";

/** A Compose text, and the names under which its errors are reported. */
export interface ComposeSource {
  readonly text: string;
  /** The file name that a diagnostic shows in its location. */
  readonly file: string;
  /**
   * The property for which the engine shows an error. The engine prints the whole value of this property before the
   * error. So the property is never the Compose text itself.
   */
  readonly property: string;
  readonly secret: boolean;
}

/** The result of the validation of a Compose text or of all inputs. */
export interface ComposeCheck {
  /** Errors, each with the path of its property. The path is empty for an error of the whole resource. */
  readonly failures: readonly CheckFailure[];
  /** Warnings for the resource's row. */
  readonly warnings: readonly string[];
}

/**
 * Validates a Compose text together with the other arguments. No error or warning contains secrets of the arguments.
 */
export function validateSource(source: ComposeSource, inputs: ResourceInputs): ComposeCheck {
  const { text, file, property, secret } = source;
  const variables = declaredVariables(inputs);
  const images = declaredImages(inputs);
  const run = runContext(inputs.values);
  const chosen = { secret, diagnostics: choicesIn(inputs.values.diagnostics) };
  const names = new Set(variables.keys());
  const validated = validateCompose(text, {
    ...rulesOfText({ ...run, variables: names, givesImages: inputs.values.images !== undefined }),
    ...chosen,
    file,
    variables: names,
  });
  if (validated.document !== undefined) noteRead(text, validated.document.model);
  const found: Found = { ...validated, property, hideSource: secret, secrets: secret ? validated.unknownKeys : [] };
  if (
    !isResolved(inputs.values) ||
    containsUnknown([text, inputs.values.job]) ||
    typeof inputs.values.images === "string" ||
    validated.diagnostics.some(({ severity }) => severity === "error")
  ) {
    return evaluateDiagnostics(found, inputs);
  }
  // Variables, images, profiles and the job change the text. So the changed text is validated too. It may exceed the
  // limit for the size of a text, for example.
  const profiles = textsIn(inputs.values.profiles);
  const job = jobOption(inputs.values.job);
  const bundled = bundleText(text, { ...rulesOfProject(run), ...chosen, variables, images, profiles, ...job });
  const diagnostics = bundled.diagnostics.map((diagnostic) => ({ ...diagnostic, file }));
  return evaluateDiagnostics({ ...found, diagnostics, secrets: [...found.secrets, ...bundled.secrets] }, inputs);
}

/** The diagnostics of a document, and the facts that are needed to report them. */
export interface Found {
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: NonNullable<PrintOptions["lines"]>;
  /** The property for which the engine shows an error, as in {@link ComposeSource.property}. */
  readonly property: string;
  readonly hideSource?: boolean;
  /** Secrets that messages must not contain, in addition to the secrets of the arguments. */
  readonly secrets: readonly string[];
  /** The names in the document, such as those of services and networks. */
  readonly names: () => ReadonlySet<string>;
}

/**
 * Converts diagnostics for the engine: all errors in the document become one failure, each error in an argument becomes
 * a failure, and each warning becomes a line for the resource's row.
 */
export function evaluateDiagnostics(
  { diagnostics, lines, property, hideSource, secrets: more, names }: Found,
  inputs: ResourceInputs,
) {
  if (diagnostics.length === 0) return { failures: [], warnings: [] };
  // If the argument `diagnostics` is unknown, it may turn an error off. So only errors that this argument cannot change
  // are reported.
  const reported = containsUnknown(inputs.values.diagnostics)
    ? diagnostics.filter(({ code, leftOut = [{ code }] }) => leftOut.some((one) => !isAdjustable(one.code)))
    : diagnostics;
  const given = uncheckedSecrets(inputs);
  const linesOf = typeof lines === "function" ? lines : () => lines;
  const documents = diagnostics.map(({ file }) => linesOf(file));
  const secrets = documentSecrets(documents, [...given, ...more], names);
  const { redact } = secrets;
  const options: PrintOptions = {
    ...(lines === undefined ? {} : { lines }),
    hideSource: hideSource === true,
    isSecretLine: (of, line) => isSecretLine(of, line, secrets),
  };
  // An encoded secret may contain a line break. So secrets are redacted before `printable` replaces line breaks.
  const shown = reported.map((one) => ({ ...one, message: redact(one.message), remedy: redact(one.remedy) }));
  // A diagnostic about an argument has no file, so the path of the argument stands in place of the file.
  const isOfArgument = ({ code }: Diagnostic) => OPTION_CODES.has(code);
  const located = shown.map((one) => (isOfArgument(one) ? { ...one, file: one.path ?? "" } : one));
  const errors = located.filter((one) => one.severity === "error" && !isOfArgument(one));
  const ofArguments = located.filter((one) => one.severity === "error" && isOfArgument(one));
  const warnings = located.filter(({ severity }) => severity === "warning");
  // A list of errors begins on a new line, so that all errors begin in the same column.
  const heading = errors.length === 1 ? "" : `${errors.length} errors in the compose document:\n`;
  const ofDocument = { property, reason: redact(`${heading}${printDiagnostics(errors, options)}`) };
  return {
    failures: [
      ...(errors.length === 0 ? [] : [ofDocument]),
      ...ofArguments.map((one) => ({ property: one.file ?? "", reason: redact(printDiagnostic(one, options)) })),
    ],
    warnings: warnings.map((warning) => redact(printDiagnostic(warning, options))),
  };
}

/** Returns what the known arguments determine about the run. */
export function runContext({ executionType, registryCredentials, waitFor, localFiles, job }: Properties): RunContext {
  const registry = registryAccess(registryCredentials);
  return {
    untilCompleted: waitFor === "completed",
    ...(localFiles === "upload" ? { hasBucket: true } : {}),
    ...(typeof job === "string" ? { job } : {}),
    ...(typeof executionType === "string" && !containsUnknown(executionType) ? { executionType } : {}),
    ...(registry === undefined ? {} : { registry }),
  };
}

function registryAccess(credentials: unknown): RegistryAccess | undefined {
  if (credentials === undefined) return { type: "none" };
  if (!isMap(credentials)) return undefined;
  const known = (key: string): Record<string, string> => {
    const value = credentials[key];
    return typeof value === "string" && !containsUnknown(value) ? { [key]: value } : {};
  };
  if (credentials.type === "basic") return { type: "basic", ...known("username") };
  if (credentials.type === "aws") {
    // The API uses this region if there is no `region`.
    const region = credentials.region === undefined ? { region: "us-east-1" } : known("region");
    return { type: "aws", ...region };
  }
  return undefined;
}
