import { type Diagnostic, DiagnosticCollector } from "../diagnostic";
import { readTree } from "../read";
import { checkStructure } from "../structure";
import { type JudgeCode, judgeCatalogue } from "./catalogue";
import { JudgeContext } from "./context";
import { rules } from "./rules";
import { judgeShape } from "./shape";

export { type JudgeCode, judgeCatalogue } from "./catalogue";

/** Options of `judgeCompose`. */
export interface JudgeOptions {
  /** Named in the diagnostics, such as `compose.yaml`. */
  readonly file?: string;
  /** The machine of the run, such as `cpu` or `gpu.l40s`; rules about machines need it. */
  readonly executionType?: string;
  /** Another severity for a code, or none at all. What keeps the text from being read (LYC20xx) stays an error. */
  readonly diagnostics?: Readonly<Partial<Record<JudgeCode, "off" | "warning" | "error">>>;
}

/**
 * Judges a compose text for a remote run: its YAML, its shape by the Compose Specification, what its parts mean to each
 * other, and what the remote service cannot know. All faults at once, in the order of the text, each with its place.
 * A text that is not known yet has none. Never throws; time and memory are bounded for any input.
 */
export function judgeCompose(input: unknown, options: JudgeOptions = {}): readonly Diagnostic[] {
  const { file, executionType, diagnostics = {} } = options;
  const read = readTree(input, (lines) => new DiagnosticCollector<JudgeCode>(lines, file, judgeCatalogue));
  if (read.kind === "unknown") return [];
  const { root, text, faults } = read;
  // Duplicate keys and the like leave a tree that can be judged; an alias too many does not.
  if (root !== undefined && !faults.has("LYC2009") && !faults.has("LYC2010") && checkStructure(root, text, faults)) {
    const context = new JudgeContext({ node: root }, text, faults, executionType);
    judgeShape(context);
    for (const rule of rules) rule(context);
  }
  return faults.all().flatMap((diagnostic) => {
    const wanted = diagnostic.code.startsWith("LYC20") ? undefined : diagnostics[diagnostic.code as JudgeCode];
    if (wanted === "off") return [];
    return [wanted === undefined ? diagnostic : { ...diagnostic, severity: wanted }];
  });
}
