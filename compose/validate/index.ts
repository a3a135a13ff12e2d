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

/** The severity of each code whose severity the caller changes. */
export type SeverityChoices = Readonly<Record<string, SeverityChoice>>;

/** Options of `validateCompose`. */
export interface ValidationOptions extends RuleOptions {
  /** The name of the text in diagnostics, such as `compose.yaml`. */
  readonly file?: string;
  /**
   * The severity of each code that gets another severity, or `off`. A diagnostic that prevents reading the text
   * (LYC20xx) stays an error.
   */
  readonly diagnostics?: SeverityChoices;
  /** The names of the variables that are set. Default: none. */
  readonly variables?: ReadonlySet<string>;
}

/** The result of `validateCompose`. */
export interface ValidationResult {
  /** All diagnostics, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Finds lines in the text, so that the diagnostics can be printed. */
  readonly lines: LineIndex;
  /**
   * The document. Absent if `readCompose` would not accept the text. A caller with the document need not read the text
   * again.
   */
  readonly document?: ComposeDocument;
  /**
   * Unknown keys of the top level that are not similar to a key of Compose. If the caller passed a secret in place of a
   * Compose text, the secret may look like such a key: `password:`. The list has each key in two forms: as its author
   * wrote it, and as messages may show it.
   */
  readonly unknownKeys: readonly string[];
  /** Returns the names in the document, as its author wrote them. Messages never mask these names. */
  readonly names: () => ReadonlySet<string>;
}

/**
 * Whether a caller can change the severity of a code. The severity of a diagnostic that prevents reading or merging
 * cannot be changed.
 */
export function isAdjustable(code: string): boolean {
  return !/^LYC2[05]/.test(code);
}

/**
 * Returns the diagnostics with the severities that the caller has set. Diagnostics that are `off` are left out, and so
 * are diagnostics that the error about a misspelt key explains.
 */
export function withSeverities(diagnostics: readonly Diagnostic[], choices: SeverityChoices): readonly Diagnostic[] {
  const chosen = diagnostics.flatMap((diagnostic) => {
    const choice = isAdjustable(diagnostic.code) ? choices[diagnostic.code] : undefined;
    if (choice === "off") return [];
    return [choice === undefined ? diagnostic : { ...diagnostic, severity: choice }];
  });
  const positionOf = ({ file = "", range }: Pick<Diagnostic, "file" | "range">) => `${file}:${range?.start.offset}`;
  const unknown = new Set(
    chosen.filter(({ code, severity }) => code === "LYC2105" && severity === "error").map(positionOf),
  );
  return chosen.filter(({ explainedBy }) => explainedBy === undefined || !unknown.has(positionOf(explainedBy)));
}

/**
 * Validates a Compose text without other files: its YAML, its shape by the Compose Specification, the references
 * between its parts, and the caller's rules. Returns all diagnostics in the order of the text, each with its position.
 * A value that is not known yet is accepted by every rule. Never throws. Time and memory are limited for any input.
 */
export function validateCompose(input: unknown, options: ValidationOptions = {}): ValidationResult {
  const { file, diagnostics = {}, variables = new Set(), rules: added } = options;
  const catalogue = { ...VALIDATION_CATALOGUE, ...added?.catalogue };
  const read = readTree(input, (lines) => new DiagnosticCollector<string>(lines, file, catalogue));
  const { root, text, lines, collector } = read;
  const unknown = text.includes(UNKNOWN_MARKER);
  // A value that is not known yet may be anything. It may even correct a line that is not valid YAML without it.
  if (unknown && collector.any) return { diagnostics: [], lines, unknownKeys: [], names: () => new Set() };
  let document: ComposeDocument | undefined;
  let unknownKeys: readonly string[] = [];
  let names: ValidationResult["names"] = () => new Set();
  // A tree with errors such as duplicate keys can still be validated. A tree with too many aliases cannot.
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
