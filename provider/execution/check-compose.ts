import {
  type Diagnostic,
  isAdjustable,
  type JudgeOptions,
  judgeCompose,
  type PrintOptions,
  printDiagnostic,
  printDiagnostics,
  type RegistryAccess,
} from "../compose";
import { bundleText } from "../compose/project";
import type { CheckFailure } from "../schema";
import { createSecretSet } from "../secrets";
import { noteRead } from "./canonical-texts";
import { choicesIn } from "./diagnostic-choices";
import { containsUnknown } from "./inputs";
import { uncheckedSecrets } from "./parse-inputs";
import { isResolved } from "./project/code-text";
import { isMap } from "./project/record";
import { givenVariables, textsIn } from "./project/variables";
import type { Properties, ResourceInputs } from "./resource-inputs";

/** A compose text, and how its faults are told. */
export interface ComposeSource {
  readonly text: string;
  /** The name that stands in front of a place. */
  readonly file: string;
  /**
   * Where the errors go: a short property, or the whole resource. The engine prints a property's whole value in front, so
   * they never go on the text itself.
   */
  readonly property: string;
  readonly secret: boolean;
}

/** What judging a compose text ends in. */
export interface ComposeVerdict {
  readonly failures: readonly CheckFailure[];
  /** One text each. */
  readonly warnings: readonly string[];
}

/**
 * Judges a compose text together with the other arguments. Errors are one failure; warnings are for the resource's row.
 * What is secret among the arguments is in neither.
 */
export function judgeSource(source: ComposeSource, inputs: ResourceInputs): ComposeVerdict {
  const { text, file, property, secret } = source;
  const variables = givenVariables(inputs);
  const around = { ...surroundings(inputs.values), secret };
  const judged = judgeCompose(text, { ...around, file, variables: new Set(variables.keys()) });
  if (judged.document !== undefined) noteRead(text, judged.document.model);
  const found: Found = { ...judged, property, hideSource: secret, secrets: secret ? judged.strangeKeys : [] };
  if (
    !isResolved(inputs.values) ||
    containsUnknown(text) ||
    judged.diagnostics.some(({ severity }) => severity === "error")
  ) {
    return verdictOn(found, inputs);
  }
  // What the variables make of it has to fit, too.
  const { diagnostics: chosen = {}, ...surrounding } = around;
  const profiles = textsIn(inputs.values.profiles);
  const bundled = bundleText(text, { variables, profiles, diagnostics: chosen, surroundings: surrounding });
  const diagnostics = bundled.diagnostics.map((diagnostic) => ({ ...diagnostic, file }));
  return verdictOn({ ...found, diagnostics, secrets: [...found.secrets, ...bundled.secrets] }, inputs);
}

/** What was found in a document, and how it is told. */
export interface Found {
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: NonNullable<PrintOptions["lines"]>;
  /** See {@link ComposeSource.property}. */
  readonly property: string;
  readonly hideSource?: boolean;
  /** Values that nothing shown may hold, beside those of the arguments. */
  readonly secrets: readonly string[];
}

/** What was found as the engine is told it: errors as one failure, warnings for the resource's row. */
export function verdictOn({ diagnostics, lines, property, hideSource, secrets: more }: Found, inputs: ResourceInputs) {
  // Nothing certain can be said before it is known what counts as an error.
  const told = containsUnknown(inputs.values.diagnostics)
    ? diagnostics.filter(({ code }) => !isAdjustable(code))
    : diagnostics;
  const given = uncheckedSecrets(inputs);
  const secrets = createSecretSet([...given, ...more]);
  const { redact } = secrets;
  const options = { lines, hideSource: hideSource === true, secrets };
  // Before they are printed: a line break that printing replaces may stand inside an encoded secret.
  const shown = told.map((one) => ({ ...one, message: redact(one.message), remedy: redact(one.remedy) }));
  const errors = shown.filter(({ severity }) => severity === "error");
  const warnings = shown.filter(({ severity }) => severity === "warning");
  return {
    failures:
      errors.length === 0
        ? []
        : [{ property, reason: redact(`${heading(errors.length)}${printDiagnostics(errors, options)}`) }],
    warnings: warnings.map((warning) => redact(printDiagnostic(warning, options))),
  };
}

/** A heading of its own, so that the first of several faults stands in the same column as the others. */
function heading(errors: number): string {
  return errors === 1 ? "" : `${errors} errors in the compose document:\n`;
}

/** What the other arguments say about the run, as far as it is known. */
export function surroundings({ executionType, registryCredentials, diagnostics }: Properties): JudgeOptions {
  const registry = registryAccess(registryCredentials);
  return {
    ...(typeof executionType === "string" && !containsUnknown(executionType) ? { executionType } : {}),
    ...(registry === undefined ? {} : { registry }),
    ...(isMap(diagnostics) ? { diagnostics: choicesIn(diagnostics) } : {}),
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
    // What the API takes when none is sent.
    const region = credentials.region === undefined ? { region: "us-east-1" } : known("region");
    return { type: "aws", ...known("accessKeyId"), ...region };
  }
  return undefined;
}
