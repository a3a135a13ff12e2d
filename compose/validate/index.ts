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

/** What a code can be made: another severity than the catalogue's, or nothing at all. */
export type SeverityChoice = "off" | "warning" | "error";

/** Another severity for some codes. */
export type SeverityChoices = Readonly<Record<string, SeverityChoice>>;

/** Options of `validateCompose`. */
export interface ValidationOptions extends RuleOptions {
  /** Named in the diagnostics, such as `compose.yaml`. */
  readonly file?: string;
  /** Another severity for a code, or none at all. What keeps the text from being read (LYC20xx) stays an error. */
  readonly diagnostics?: SeverityChoices;
  /** Names of variables that are set; default none. */
  readonly variables?: ReadonlySet<string>;
}

/** What `validateCompose` ends in. */
export interface ValidationResult {
  /** All of them at once, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Finds lines in the text, for printing the diagnostics. */
  readonly lines: LineIndex;
  /** The document, where `readCompose` would give one: the text need not be read again. */
  readonly document?: ComposeDocument;
  /**
   * Keys of the top level that nobody has meant for one of Compose's. A secret that was given in the place of a compose
   * text may look like one: `password:`. Each as it is written, and as messages may hold it.
   */
  readonly unknownKeys: readonly string[];
  /** The names that stand in it, as its author wrote them: no message hides them. */
  readonly names: () => ReadonlySet<string>;
}

/** Whether the severity of a code can be chosen: not of what keeps a text from being read, or a project from being put together. */
export function isAdjustable(code: string): boolean {
  return !/^LYC2[05]/.test(code);
}

/** Diagnostics with the severities that were chosen for their codes; without those that are off. */
export function withSeverities(diagnostics: readonly Diagnostic[], choices: SeverityChoices): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const choice = isAdjustable(diagnostic.code) ? choices[diagnostic.code] : undefined;
    if (choice === "off") return [];
    return [choice === undefined ? diagnostic : { ...diagnostic, severity: choice }];
  });
}

/**
 * Validates a compose text by itself: its YAML, its shape by the Compose Specification, what its parts mean to each
 * other, and what the rules of the caller find. All diagnostics at once, in the order of the text, each with its place.
 * Values that are not known yet are let through, whatever the rule. Never throws; time and memory are bounded for any
 * input.
 */
export function validateCompose(input: unknown, options: ValidationOptions = {}): ValidationResult {
  const { file, diagnostics = {}, variables = new Set(), rules: added } = options;
  const catalogue = { ...VALIDATION_CATALOGUE, ...added?.catalogue };
  const read = readTree(input, (lines) => new DiagnosticCollector<string>(lines, file, catalogue));
  const { root, text, lines, collector } = read;
  const unknown = text.includes(UNKNOWN_MARKER);
  // What is not known yet may be anything, also the rest of a line that does not read as YAML today.
  if (unknown && collector.any) return { diagnostics: [], lines, unknownKeys: [], names: () => new Set() };
  let document: ComposeDocument | undefined;
  let unknownKeys: readonly string[] = [];
  let names: ValidationResult["names"] = () => new Set();
  // Duplicate keys and the like leave a tree that can be validated; an alias too many does not.
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
