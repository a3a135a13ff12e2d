import type { CatalogueEntry, ReadingCode, Severity } from "./catalogue";
import { type ComposePath, formatPath, type Range, type Span } from "./position";

/** A replacement in a text. An edit with an empty range inserts text. */
export interface Edit {
  readonly range: Range;
  /** The new text. It never contains a value of the document. */
  readonly text: string;
}

/**
 * A diagnostic about a Compose document. A diagnostic may contain keys of the document, but no values, because values
 * may be secret.
 */
export interface Diagnostic {
  /** A code that never changes: `LYC2xxx`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The name of the file or text, such as `compose.yaml`. */
  readonly file?: string;
  /**
   * The range of the problem in the text. The range is always inside the text. Absent if the diagnostic concerns the
   * whole text.
   */
  readonly range?: Range;
  /** The path of the value with the problem, such as `services.web.ports[0]`. */
  readonly path?: string;
  /** The next step for the user. */
  readonly remedy: string;
  /** Set if the source line must not be printed. */
  readonly hidesSource?: true;
  /** The edits that correct the error in the text of `file`. Absent if no correction is certain. */
  readonly edits?: readonly Edit[];
  /**
   * The position of a key whose misspelling may cause this diagnostic. If that key is reported as unknown, the caller
   * does not get this diagnostic.
   */
  readonly explainedBy?: { readonly file?: string; readonly range: Range };
  /** The diagnostics that are not in the list. Only a diagnostic with the code LYC2099 has this property. */
  readonly leftOut?: readonly LeftOut[];
}

/** How many diagnostics of one code are not in the result, because it already has `MOST_DIAGNOSTICS`. */
export interface LeftOut {
  readonly code: string;
  readonly severity: Severity;
  readonly count: number;
}

/** Facts about a diagnostic in addition to its code and message. */
export interface DiagnosticDetails {
  readonly span?: Span | undefined;
  readonly path?: ComposePath;
  readonly remedy?: string | undefined;
  /**
   * The subject of the diagnostic. Diagnostics with the same code and the same subject become one diagnostic. The
   * message of this diagnostic lists the lines of all of them, up to `MOST_LINES`.
   */
  readonly about?: string;
  /** The correction that a tool can make. Present only if a single correction is possible. */
  readonly correction?: Correction | undefined;
  /** The span of a key whose misspelling probably causes this diagnostic: `imag`, if `image` is missing. */
  readonly explainedBy?: Span | undefined;
}

/** A correction: another text in place of `from`, or quotes around the value. */
export type Correction =
  | { readonly span: Span; readonly from: string; readonly to: string }
  | { readonly span: Span; readonly quotes: true };

/** Converts offsets to positions. A `LineIndex` does this for one text, and a `SourceRow` for several texts. */
export interface Locations {
  range(span: Span): Range;
  /** Returns the name of the file that contains a span, if there are several files. */
  file?(span: Span): string | undefined;
  /** Returns the text of a span. Without this function, diagnostics have no edits. */
  slice?(span: Span): string;
}

/**
 * The collector keeps at most this many errors of one text, this many warnings, and this many diagnostics with
 * `explainedBy`. In addition, it keeps the first diagnostic of every code.
 */
export const MOST_DIAGNOSTICS = 100;
/** The largest number of line numbers at the end of a message (`also in lines 4, 7`). */
const MOST_LINES = 10;

/** Matches a number, a date, or a word such as `yes`. */
const PLAIN_VALUE = /^[\w.+:-]+$/;

/** Returns the diagnostic (LYC2099) with a message that says how many errors and warnings are not shown. */
export function withLeftOut(diagnostic: Diagnostic, leftOut: readonly LeftOut[]): Diagnostic {
  const numbers = (["error", "warning"] as const).flatMap((severity) => {
    const count = countOf(leftOut, severity);
    return count === 0 ? [] : [`${count} more ${severity}s`];
  });
  return { ...diagnostic, message: `${numbers.join(" and ")} are not shown`, leftOut };
}

/** Returns how many diagnostics of a severity were left out. */
export function countOf(leftOut: readonly LeftOut[], severity: Severity): number {
  return leftOut.reduce((sum, one) => sum + (one.severity === severity ? one.count : 0), 0);
}

interface Kept {
  readonly diagnostic: Diagnostic;
  readonly at: number;
  /** The further lines to which the diagnostic applies: those of later diagnostics with the same code and subject. */
  readonly also: Set<string>;
}

/**
 * Collects the diagnostics of one text. Their number is limited (`MOST_DIAGNOSTICS`), so that a hostile text cannot
 * fill the memory. The first diagnostic of each code is always kept, because the caller may change the severity of the
 * code later. Diagnostics that a misspelt key explains have a limit of their own: the error about the key stands for
 * them.
 */
export class DiagnosticCollector<Code extends string = ReadingCode> {
  private readonly kept: Kept[] = [];
  private readonly explained: (Kept & { readonly by: Span })[] = [];
  private readonly byAbout = new Map<string, Kept>();
  private readonly codes = new Set<string>();
  private readonly explainedCodes = new Set<string>();
  private readonly counts = { error: 0, warning: 0 };
  private readonly leftOut = new Map<string, LeftOut>();

  constructor(
    private readonly locations: Locations,
    private readonly file: string | undefined,
    private readonly catalogue: Readonly<Record<Code | "LYC2099", CatalogueEntry>>,
  ) {}

  /**
   * Adds a diagnostic. If an earlier diagnostic has the same code and subject, it only gets the new position. If there
   * are already too many diagnostics (`MOST_DIAGNOSTICS`), only the first one of a code is kept, and the others are
   * counted. A diagnostic with `explainedBy` is not counted.
   */
  add(code: Code, message: string, details: DiagnosticDetails = {}): void {
    const { about, span, explainedBy: by } = details;
    const earlier = about === undefined ? undefined : this.byAbout.get(`${code} ${about}`);
    if (earlier !== undefined) {
      if (span !== undefined && earlier.also.size <= MOST_LINES) this.addLine(earlier, span);
      return;
    }
    const { severity } = this.catalogue[code];
    const isFull = by === undefined ? this.isFullFor(code) : this.isFullOfExplained(code);
    if (isFull) {
      const count = (this.leftOut.get(code)?.count ?? 0) + 1;
      if (by === undefined) this.leftOut.set(code, { code, severity, count });
      return;
    }
    const kept = { diagnostic: this.build(code, message, details), at: span?.start ?? -1, also: new Set<string>() };
    if (by === undefined) {
      this.counts[severity] += 1;
      this.codes.add(code);
      this.kept.push(kept);
    } else {
      this.explainedCodes.add(code);
      this.explained.push({ ...kept, by });
    }
    if (about !== undefined) this.byAbout.set(`${code} ${about}`, kept);
  }

  /** Whether a diagnostic was added. */
  get any(): boolean {
    return this.kept.length > 0 || this.explained.length > 0;
  }

  /** Whether further diagnostics of this code are only counted, because the limit is reached. */
  isFullFor(code: Code): boolean {
    return this.counts[this.catalogue[code].severity] >= MOST_DIAGNOSTICS && this.codes.has(code);
  }

  private isFullOfExplained(code: Code): boolean {
    return this.explained.length >= MOST_DIAGNOSTICS && this.explainedCodes.has(code);
  }

  /** Whether a diagnostic of this code was added. A diagnostic that a misspelt key explains does not count. */
  has(code: Code): boolean {
    return this.codes.has(code);
  }

  /**
   * Returns the diagnostics in the order of the text. If diagnostics were omitted, a last diagnostic has their number.
   */
  all(): Diagnostic[] {
    const leftOut = [...this.leftOut.values()];
    const hasAllErrors = countOf(leftOut, "error") === 0;
    const starts = new Set(this.kept.map(({ at }) => at));
    // Without the error about a misspelt key, the diagnostics that the key explains would puzzle the user. So if that
    // error may be among those left out, only the first diagnostic of each code is shown. The first one is always
    // shown, because the caller may change the severity of the code.
    const shown = new Set<string>(this.codes);
    const explained = this.explained.filter(({ by, diagnostic: { code } }) => {
      const isFirst = !shown.has(code);
      shown.add(code);
      return hasAllErrors || starts.has(by.start) || isFirst;
    });
    const sorted = [...explained, ...this.kept]
      .sort((a, b) => a.at - b.at)
      .filter(({ diagnostic, also }) => also.size > 0 || !this.isRepeated(diagnostic))
      .map(({ diagnostic, also }) => this.withLines(diagnostic, also));
    if (leftOut.length > 0) sorted.push(withLeftOut(this.build("LYC2099", "", {}), leftOut));
    return sorted;
  }

  /**
   * Whether a warning repeats an error: both are on the same line and have the same remedy. For example, an unset
   * variable causes a warning, and the image that is then empty causes an error.
   */
  private isRepeated({ severity, remedy, file, range }: Diagnostic): boolean {
    if (severity === "error" || range === undefined) return false;
    return this.kept.some(
      ({ diagnostic: other }) =>
        other.severity === "error" &&
        other.remedy === remedy &&
        other.file === file &&
        other.range?.start.line === range.start.line,
    );
  }

  private addLine({ diagnostic, also }: Kept, span: Span): void {
    const { file } = this.fileOf(span);
    const { line } = this.locations.range(span).start;
    if (file !== diagnostic.file) also.add(`${file}:${line}`);
    else if (line !== diagnostic.range?.start.line) also.add(`${line}`);
  }

  private withLines(diagnostic: Diagnostic, also: ReadonlySet<string>): Diagnostic {
    if (also.size === 0) return diagnostic;
    const shown = [...also].slice(0, MOST_LINES).join(", ");
    const more = also.size > MOST_LINES ? " and more" : "";
    const word = also.size === 1 ? "line" : "lines";
    return { ...diagnostic, message: `${diagnostic.message} (also in ${word} ${shown}${more})` };
  }

  private build(code: Code | "LYC2099", message: string, details: DiagnosticDetails): Diagnostic {
    const entry = this.catalogue[code];
    const { span, explainedBy, correction } = details;
    const edits = correction && this.editsOf(correction);
    return {
      code,
      severity: entry.severity,
      message,
      ...this.fileOf(span),
      ...(span === undefined ? {} : { range: this.locations.range(span) }),
      ...(details.path === undefined ? {} : { path: formatPath(details.path) }),
      remedy: details.remedy ?? entry.remedy,
      ...(entry.hidesSource === undefined ? {} : { hidesSource: entry.hidesSource }),
      ...(edits && { edits }),
      ...(explainedBy && { explainedBy: { ...this.fileOf(explainedBy), range: this.locations.range(explainedBy) } }),
    };
  }

  /**
   * Returns the edits of a correction. Returns `undefined` if the value is not written at the span itself, for example
   * if an alias or a variable stands there.
   */
  private editsOf(correction: Correction): readonly Edit[] | undefined {
    const { span } = correction;
    const written = this.locations.slice?.(span) ?? "";
    const edit = (start: number, end: number, text: string) => ({ range: this.locations.range({ start, end }), text });
    if ("quotes" in correction) {
      if (!PLAIN_VALUE.test(written)) return undefined;
      return [edit(span.start, span.start, '"'), edit(span.end, span.end, '"')];
    }
    const inner = ["", "'", '"'].find((quote) => written === quote + correction.from + quote);
    if (inner === undefined) return undefined;
    return [edit(span.start + inner.length, span.end - inner.length, correction.to)];
  }

  private fileOf(span: Span | undefined): { readonly file?: string } {
    const file = (span && this.locations.file?.(span)) ?? this.file;
    return file === undefined ? {} : { file };
  }
}
