import type { CatalogueEntry, ReadingCode, Severity } from "./catalogue";
import { type ComposePath, formatPath } from "./path";
import type { Range, Span } from "./position";

/**
 * A diagnostic in a compose document. No part of it repeats a value of the document (keys are shown, values may be
 * secret); the source line is only added when it is printed.
 */
export interface Diagnostic {
  /** Stable: `LYC2xxx`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** As it was given to the reader, such as `compose.yaml`. */
  readonly file?: string;
  /** Lies inside the text. Absent when the diagnostic is about the text as a whole. */
  readonly range?: Range;
  /** Such as `services.web.ports[0]`. */
  readonly path?: string;
  /** What to do next. */
  readonly remedy: string;
}

/** Where a diagnostic stands, and words that fit better than the catalogue's. */
export interface DiagnosticDetails {
  readonly span?: Span;
  readonly path?: ComposePath;
  readonly remedy?: string;
}

/** Turns offsets into places: a `LineIndex`, or something that knows several texts. */
export interface Locations {
  range(span: Span): Range;
  /** The file of a span, where there are several. */
  file?(span: Span): string | undefined;
}

/** At most so many diagnostics are kept of one text. */
export const mostDiagnostics = 100;

/** Gathers the diagnostics of one text, bounded, so that a hostile text cannot fill memory with them. */
export class DiagnosticCollector<Code extends string = ReadingCode> {
  private readonly kept: { readonly diagnostic: Diagnostic; readonly at: number }[] = [];
  private leftOut = 0;

  constructor(
    private readonly locations: Locations,
    private readonly file: string | undefined,
    private readonly catalogue: Readonly<Record<Code | "LYC2099", CatalogueEntry>>,
  ) {}

  /** Adds one diagnostic. */
  add(code: Code, message: string, details: DiagnosticDetails = {}): void {
    if (this.isFull) {
      this.leftOut += 1;
      return;
    }
    this.kept.push({ diagnostic: this.build(code, message, details), at: details.span?.start ?? -1 });
  }

  /** Whether a diagnostic was added. */
  get any(): boolean {
    return this.kept.length > 0;
  }

  /** Whether further diagnostics would only be counted. */
  get isFull(): boolean {
    return this.kept.length >= mostDiagnostics;
  }

  /** Whether a diagnostic of this code was added. */
  has(code: Code): boolean {
    return this.kept.some(({ diagnostic }) => diagnostic.code === code);
  }

  /** All diagnostics in the order of the text. Diagnostics over the bound are one last entry with their number. */
  all(): Diagnostic[] {
    const sorted = this.kept
      .map((diagnostic, index) => ({ ...diagnostic, index }))
      .sort((a, b) => a.at - b.at || a.index - b.index)
      .map(({ diagnostic }) => diagnostic);
    if (this.leftOut > 0) sorted.push(this.build("LYC2099", `${this.leftOut} more diagnostics are not shown`, {}));
    return sorted;
  }

  private build(code: Code | "LYC2099", message: string, details: DiagnosticDetails): Diagnostic {
    const entry = this.catalogue[code];
    const file = (details.span && this.locations.file?.(details.span)) ?? this.file;
    return {
      code,
      severity: entry.severity,
      message,
      ...(file === undefined ? {} : { file }),
      ...(details.span === undefined ? {} : { range: this.locations.range(details.span) }),
      ...(details.path === undefined ? {} : { path: formatPath(details.path) }),
      remedy: details.remedy ?? entry.remedy,
    };
  }
}
