import type { Severity } from "../diagnostics/catalogue";
import { type Diagnostic, DiagnosticCollector, withLeftOut } from "../diagnostics/diagnostic";
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

/** A severity, or `off` to drop the diagnostics of a code. */
export type SeverityChoice = "off" | "warning" | "error";

/** The severities that a caller sets, by code. */
export type SeverityChoices = Readonly<Record<string, SeverityChoice>>;

/** Options of `validateCompose`. */
export interface ValidationOptions extends RuleOptions {
  /** The name of the text in diagnostics, such as `compose.yaml`. */
  readonly file?: string;
  /**
   * The severities that the caller sets, by code. A diagnostic that prevents reading the text (LYC20xx) stays an error.
   */
  readonly diagnostics?: SeverityChoices;
  /** The names of the variables that are set. Default: none. */
  readonly variables?: ReadonlySet<string>;
}

/** The result of `validateCompose`. */
export interface ValidationResult {
  /** All diagnostics, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Finds the lines of the text, for example to print the diagnostics. */
  readonly lines: LineIndex;
  /** The document. Absent if `readCompose` would refuse the text, or if a part of the text is not known yet. */
  readonly document?: ComposeDocument;
  /**
   * Unknown top-level keys that are not similar to a key of Compose. If a caller has passed a secret in place of a
   * Compose text, such a key may be a part of the secret, and the caller can mask it. The list has each key as its
   * author wrote it, and also in each form in which messages may show the key.
   */
  readonly unknownKeys: readonly string[];
  /** Returns the names in the document as its author wrote them. Messages never mask these names. */
  readonly names: () => ReadonlySet<string>;
}

/** Whether a caller can change the severity of a code. A diagnostic that prevents reading or merging stays an error. */
export function isAdjustable(code: string): boolean {
  return !/^LYC2[05]/.test(code);
}

/**
 * Applies the caller's severities. Leaves out the diagnostics that are `off`, and those that follow from a misspelt
 * key, if an error reports this key.
 */
export function withSeverities(diagnostics: readonly Diagnostic[], choices: SeverityChoices): readonly Diagnostic[] {
  const chosen = chosenOf(diagnostics, choices).flatMap((diagnostic) => {
    if (diagnostic.leftOut === undefined) return [diagnostic];
    const leftOut = chosenOf(diagnostic.leftOut, choices);
    return leftOut.length === 0 ? [] : [withLeftOut(diagnostic, leftOut)];
  });
  const positionOf = ({ file = "", range }: Pick<Diagnostic, "file" | "range">) => `${file}:${range?.start.offset}`;
  const unknown = new Set(
    chosen.filter(({ code, severity }) => code === "LYC2105" && severity === "error").map(positionOf),
  );
  return chosen.filter(({ explainedBy }) => explainedBy === undefined || !unknown.has(positionOf(explainedBy)));
}

function chosenOf<One extends { readonly code: string; readonly severity: Severity }>(
  all: readonly One[],
  choices: SeverityChoices,
): readonly One[] {
  return all.flatMap((one) => {
    const choice = isAdjustable(one.code) ? choices[one.code] : undefined;
    if (choice === "off") return [];
    return [choice === undefined ? one : { ...one, severity: choice }];
  });
}

/**
 * Validates a Compose text without other files: its YAML, its keys, types and values by the Compose Specification,
 * references to names, and the caller's rules. Returns all diagnostics in the order of the text. Every rule accepts a
 * value that is not known yet. Never throws. Time and memory are limited for any input.
 */
export function validateCompose(input: unknown, options: ValidationOptions = {}): ValidationResult {
  const { file, diagnostics = {}, variables = new Set(), rules: added } = options;
  const catalogue = { ...VALIDATION_CATALOGUE, ...added?.catalogue };
  const read = readTree(input, (lines) => new DiagnosticCollector<string>(lines, file, catalogue));
  const { root, text, lines, collector } = read;
  const unknown = text.includes(UNKNOWN_MARKER);
  // If a part of the text is not known yet, this part may be the cause of the errors. So no errors are returned.
  if (unknown && collector.any) return { diagnostics: [], lines, unknownKeys: [], names: () => new Set() };
  let document: ComposeDocument | undefined;
  let unknownKeys: readonly string[] = [];
  let names: ValidationResult["names"] = () => new Set();
  // A tree with errors such as duplicate keys is validated too, but not if it is nested too deeply or has too many
  // aliases.
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
