import { type Diagnostic, DiagnosticCollector } from "../diagnostics/diagnostic";
import { type LineIndex, LONGEST_SHOWN_KEY, printableKey } from "../diagnostics/position";
import { type ComposeMapping, plainValue } from "../model/model";
import { type ComposeDocument, documentOf, readTree } from "../yaml/read";
import { checkStructure } from "../yaml/structure";
import { UNKNOWN_MARKER } from "../yaml/text";
import { VALIDATION_CATALOGUE } from "./catalogue";
import { type RuleOptions, ValidationContext } from "./context";
import { namesIn } from "./names";
import { RULES } from "./rules";
import { validateVariables } from "./rules/interpolation";
import { validateShape } from "./shape";

export { VALIDATION_CATALOGUE, type ValidationCode } from "./catalogue";

/** The severity that a caller can set for a code, or `off`. */
export type SeverityChoice = "off" | "warning" | "error";

/** Another severity for some codes. */
export type SeverityChoices = Readonly<Record<string, SeverityChoice>>;

/** Options of `validateCompose`. */
export interface ValidationOptions extends RuleOptions {
  /** The name in the diagnostics, such as `compose.yaml`. */
  readonly file?: string;
  /** Another severity for a code, or `off`. Diagnostics that prevent reading the text (LYC20xx) stay errors. */
  readonly diagnostics?: SeverityChoices;
  /** Names of variables that are set. Default: none. */
  readonly variables?: ReadonlySet<string>;
}

/** The result of `validateCompose`. */
export interface ValidationResult {
  /** All diagnostics, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Finds lines in the text, to print the diagnostics. */
  readonly lines: LineIndex;
  /** The document, if `readCompose` would accept the text. With it, the caller need not read the text again. */
  readonly document?: ComposeDocument;
  /**
   * Keys of the top level that are probably not misspelt keys of Compose. If the caller passed a secret in place of a
   * Compose text, the secret may look like such a key: `password:`. Each key is here as it is written, and in the form
   * that messages may show.
   */
  readonly unknownKeys: readonly string[];
  /** The names in the document, as its author wrote them. Messages never mask them. */
  readonly names: () => ReadonlySet<string>;
}

/** Whether the severity of a code can be changed. If the diagnostic prevents reading or merging, it cannot. */
export function isAdjustable(code: string): boolean {
  return !/^LYC2[05]/.test(code);
}

/** Diagnostics with the severities that the caller has set. Those that are off are left out. */
export function withSeverities(diagnostics: readonly Diagnostic[], choices: SeverityChoices): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const choice = isAdjustable(diagnostic.code) ? choices[diagnostic.code] : undefined;
    if (choice === "off") return [];
    return [choice === undefined ? diagnostic : { ...diagnostic, severity: choice }];
  });
}

/**
 * Validates a Compose text without other files: its YAML, its shape by the Compose Specification, the references
 * between its parts, and rules that the caller adds. Returns all diagnostics in the order of the text, each with its
 * position. Every rule accepts values that are not known yet. Never throws. Time and memory are limited for any input.
 */
export function validateCompose(input: unknown, options: ValidationOptions = {}): ValidationResult {
  const { file, diagnostics = {}, variables = new Set(), rules: added } = options;
  const catalogue = { ...VALIDATION_CATALOGUE, ...added?.catalogue };
  const read = readTree(input, (lines) => new DiagnosticCollector<string>(lines, file, catalogue));
  const { root, text, lines, collector } = read;
  const unknown = text.includes(UNKNOWN_MARKER);
  // A value that is not known yet may be anything. It may even correct a line that is not valid YAML now.
  if (unknown && collector.any) return { diagnostics: [], lines, unknownKeys: [], names: () => new Set() };
  let document: ComposeDocument | undefined;
  let unknownKeys: readonly string[] = [];
  let names: ValidationResult["names"] = () => new Set();
  // A tree with duplicate keys and similar errors can still be validated, but not one with too many aliases.
  if (
    root !== undefined &&
    !collector.has("LYC2009") &&
    !collector.has("LYC2010") &&
    checkStructure(root, text, collector)
  ) {
    names = () => namesIn(plainValue(root) as ComposeMapping, "written");
    if (!collector.any && !unknown) document = documentOf(root, read);
    const context = new ValidationContext<string>(root, collector, options, text);
    validateShape(context);
    unknownKeys = context.unknownKeys.flatMap((key) => [key, key.slice(0, LONGEST_SHOWN_KEY), printableKey(key)]);
    for (const rule of RULES) rule(context);
    validateVariables(context, variables);
    for (const rule of added?.rules ?? []) rule(context);
  }
  return {
    diagnostics: withSeverities(collector.all(), diagnostics),
    lines,
    unknownKeys,
    names,
    ...(document === undefined ? {} : { document }),
  };
}
