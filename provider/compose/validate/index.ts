import { type Diagnostic, DiagnosticCollector } from "../diagnostic";
import { longestShownKey, printableKey } from "../path";
import type { LineIndex } from "../position";
import { type ComposeDocument, documentOf, readTree } from "../read";
import { checkStructure } from "../structure";
import { unknownMarker } from "../text";
import { type JudgeCode, judgeCatalogue } from "./catalogue";
import { JudgeContext, type Surroundings } from "./context";
import { rules } from "./rules";
import { judgeShape } from "./shape";

export { type JudgeCode, judgeCatalogue } from "./catalogue";
export type { RegistryAccess, Surroundings } from "./context";

/** What a code can be made: another severity than the catalogue's, or nothing at all. */
export type SeverityChoice = "off" | "warning" | "error";

/** Options of `judgeCompose`. */
export interface JudgeOptions extends Surroundings {
  /** Named in the diagnostics, such as `compose.yaml`. */
  readonly file?: string;
  /** Another severity for a code, or none at all. What keeps the text from being read (LYC20xx) stays an error. */
  readonly diagnostics?: Readonly<Partial<Record<JudgeCode, SeverityChoice>>>;
}

/** What `judgeCompose` ends in. */
export interface Judgement {
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
  readonly strangeKeys: readonly string[];
}

/** Whether the severity of a code can be chosen: not of what keeps a text from being read. */
export function isAdjustable(code: string): code is JudgeCode {
  return Object.hasOwn(judgeCatalogue, code) && !code.startsWith("LYC20");
}

/**
 * Judges a compose text for a remote run: its YAML, its shape by the Compose Specification, what its parts mean to each
 * other, and what the remote service cannot know. All faults at once, in the order of the text, each with its place.
 * Values that are not known yet are let through, whatever the rule. Never throws; time and memory are bounded for any
 * input.
 */
export function judgeCompose(input: unknown, options: JudgeOptions = {}): Judgement {
  const { file, diagnostics = {} } = options;
  const read = readTree(input, (lines) => new DiagnosticCollector<JudgeCode>(lines, file, judgeCatalogue));
  const { root, text, lines, faults } = read;
  const unknown = text.includes(unknownMarker);
  // What is not known yet may be anything, also the rest of a line that does not read as YAML today.
  if (unknown && faults.any) return { diagnostics: [], lines, strangeKeys: [] };
  let document: ComposeDocument | undefined;
  let strangeKeys: readonly string[] = [];
  // Duplicate keys and the like leave a tree that can be judged; an alias too many does not.
  if (root !== undefined && !faults.has("LYC2009") && !faults.has("LYC2010") && checkStructure(root, text, faults)) {
    if (!faults.any && !unknown) document = documentOf(root, read, file);
    const context = new JudgeContext({ node: root }, text, faults, options);
    judgeShape(context);
    strangeKeys = context.strangeKeys.flatMap((key) => [key, key.slice(0, longestShownKey), printableKey(key)]);
    for (const rule of rules) rule(context);
  }
  const told = faults.all().flatMap((diagnostic) => {
    const wanted = isAdjustable(diagnostic.code) ? diagnostics[diagnostic.code] : undefined;
    if (wanted === "off") return [];
    return [wanted === undefined ? diagnostic : { ...diagnostic, severity: wanted }];
  });
  return { diagnostics: told, lines, strangeKeys, ...(document === undefined ? {} : { document }) };
}
