import type { CatalogueEntry, ReadingCode, Severity } from "./catalogue";
import { type ComposePath, formatPath, type Range, type Span } from "./position";

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
  readonly span?: Span | undefined;
  readonly path?: ComposePath;
  readonly remedy?: string | undefined;
  /** What the diagnostic is about. Diagnostics of one code about the same are one, which names the other lines. */
  readonly about?: string;
}

/** Turns offsets into places: a `LineIndex`, or something that knows several texts. */
export interface Locations {
  range(span: Span): Range;
  /** The file of a span, where there are several. */
  file?(span: Span): string | undefined;
}

/** At most so many errors are kept of one text, and so many warnings. */
export const MOST_DIAGNOSTICS = 100;
/** So many further lines are named by a diagnostic. */
const MOST_LINES = 10;

interface Kept {
  readonly diagnostic: Diagnostic;
  readonly at: number;
  /** Where else it is found. */
  readonly also: Span[];
}

/**
 * Gathers the diagnostics of one text, bounded, so that a hostile text cannot fill memory with them. Warnings leave no error
 * out, and the first of each code is always kept: its severity may be chosen.
 */
export class DiagnosticCollector<Code extends string = ReadingCode> {
  private readonly kept: Kept[] = [];
  private readonly byAbout = new Map<string, Kept>();
  private readonly codes = new Set<string>();
  private readonly counts = { error: 0, warning: 0 };
  private readonly leftOut = { error: 0, warning: 0 };

  constructor(
    private readonly locations: Locations,
    private readonly file: string | undefined,
    private readonly catalogue: Readonly<Record<Code | "LYC2099", CatalogueEntry>>,
  ) {}

  /** Adds one diagnostic. */
  add(code: Code, message: string, details: DiagnosticDetails = {}): void {
    const { about, span } = details;
    const earlier = about === undefined ? undefined : this.byAbout.get(`${code} ${about}`);
    if (earlier !== undefined) {
      if (span !== undefined && earlier.also.length <= MOST_LINES) earlier.also.push(span);
      return;
    }
    const { severity } = this.catalogue[code];
    if (this.isFullFor(code)) {
      this.leftOut[severity] += 1;
      return;
    }
    this.counts[severity] += 1;
    this.codes.add(code);
    const kept = { diagnostic: this.build(code, message, details), at: span?.start ?? -1, also: [] };
    this.kept.push(kept);
    if (about !== undefined) this.byAbout.set(`${code} ${about}`, kept);
  }

  /** Whether a diagnostic was added. */
  get any(): boolean {
    return this.kept.length > 0;
  }

  /** Whether a further diagnostic of this code would only be counted. */
  isFullFor(code: Code): boolean {
    return this.counts[this.catalogue[code].severity] >= MOST_DIAGNOSTICS && this.codes.has(code);
  }

  /** Whether a diagnostic of this code was added. */
  has(code: Code): boolean {
    return this.codes.has(code);
  }

  /** All diagnostics in the order of the text. Diagnostics over the bound are one last entry with their number. */
  all(): Diagnostic[] {
    const sorted = this.kept
      .map((kept, index) => ({ ...kept, index }))
      .sort((a, b) => a.at - b.at || a.index - b.index)
      .map(({ diagnostic, also }) => this.withLines(diagnostic, also));
    const { error, warning } = this.leftOut;
    const numbers = [error > 0 ? `${error} more errors` : "", warning > 0 ? `${warning} more warnings` : ""];
    const message = numbers.filter((number) => number !== "").join(" and ");
    if (message !== "") sorted.push(this.build("LYC2099", `${message} are not shown`, {}));
    return sorted;
  }

  private withLines(diagnostic: Diagnostic, also: readonly Span[]): Diagnostic {
    const places = also.map((span) => {
      const file = this.locations.file?.(span) ?? this.file;
      const { line } = this.locations.range(span).start;
      return file === diagnostic.file ? `${line}` : `${file}:${line}`;
    });
    const others = [...new Set(places)].filter((place) => place !== `${diagnostic.range?.start.line}`);
    if (others.length === 0) return diagnostic;
    const shown = others.slice(0, MOST_LINES).join(", ");
    const more = others.length > MOST_LINES ? " and more" : "";
    const word = others.length === 1 ? "line" : "lines";
    return { ...diagnostic, message: `${diagnostic.message} (also in ${word} ${shown}${more})` };
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
