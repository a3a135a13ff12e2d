import type { Diagnostic, LineIndex } from "../provider/compose";

/** What a command has judged, and how it is told. */
export interface Judged {
  /** The files that were named or looked for, as they are shown. */
  readonly files: readonly string[];
  /** Their files are named as the folder of the command sees them. */
  readonly diagnostics: readonly Diagnostic[];
  /** The lines of a file that a diagnostic names, for printing it; `undefined` when they are not to be shown. */
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
  /** Values that no printed line may hold. */
  readonly secrets: readonly string[];
}
