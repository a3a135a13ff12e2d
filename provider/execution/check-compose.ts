import {
  isAdjustable,
  type JudgeOptions,
  judgeCompose,
  printDiagnostic,
  printDiagnostics,
  type RegistryAccess,
  type SeverityChoice,
} from "../compose";
import { createRedactor } from "../lyceum/redaction";
import { noteRead } from "./canonical-texts";
import type { CheckFailure } from "./check-rules";
import { containsUnknown } from "./inputs";
import { uncheckedSecrets } from "./parse-inputs";

type Properties = Readonly<Record<string, unknown>>;

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
export function judgeSource(source: ComposeSource, inputs: Properties): ComposeVerdict {
  const { text, file, property, secret } = source;
  const { diagnostics, lines, document } = judgeCompose(text, { ...surroundings(inputs), file, secret });
  if (document !== undefined) noteRead(text, document.model);
  // Nothing certain can be said before it is known what counts as an error.
  const told = containsUnknown(inputs.diagnostics)
    ? diagnostics.filter(({ code }) => !isAdjustable(code))
    : diagnostics;
  const secrets = uncheckedSecrets(inputs);
  const redact = createRedactor(secrets);
  const options = { lines, hideSource: secret, secrets };
  const errors = told.filter(({ severity }) => severity === "error");
  const warnings = told.filter(({ severity }) => severity === "warning");
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
  return errors === 1 ? "" : `${errors} faults in the compose document:\n`;
}

/** What the other arguments say about the run, as far as it is known. */
function surroundings({ executionType, registryCredentials, diagnostics }: Properties): JudgeOptions {
  const registry = registryAccess(registryCredentials);
  return {
    ...(typeof executionType === "string" && !containsUnknown(executionType) ? { executionType } : {}),
    ...(registry === undefined ? {} : { registry }),
    ...(isMap(diagnostics) ? { diagnostics: choices(diagnostics) } : {}),
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

function choices(diagnostics: Properties): Record<string, SeverityChoice> {
  return Object.fromEntries(
    Object.entries(diagnostics).filter((entry): entry is [string, SeverityChoice] => isChoice(entry[1])),
  );
}

function isChoice(value: unknown): value is SeverityChoice {
  return value === "off" || value === "warning" || value === "error";
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Faults of `diagnostics`: a misspelt code would silently change nothing. */
export function diagnosticsFailures(diagnostics: unknown): CheckFailure[] {
  if (diagnostics === undefined || (typeof diagnostics === "string" && containsUnknown(diagnostics))) return [];
  if (!isMap(diagnostics)) {
    const reason = 'diagnostics must be a map of codes to "off", "warning" or "error", such as {LYC2301: "warning"}';
    return [{ property: "diagnostics", reason }];
  }
  return Object.entries(diagnostics).flatMap(([code, choice]) => {
    const fault = (words: string) => [{ property: "", reason: `diagnostics.${code} ${words}` }];
    if (/^LYC20\d\d$/.test(code)) return fault("cannot be chosen: such a text cannot be read");
    if (!isAdjustable(code)) return fault("is no code of a fault of a compose document (docs/compose.md lists them)");
    return containsUnknown(choice) || isChoice(choice) ? [] : fault('must be "off", "warning" or "error"');
  });
}
