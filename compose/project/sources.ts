import { LineIndex, lastStartingAt, type Range, type Span } from "../diagnostics/position";

/** A text of the project, with its position in the sequence of all texts. */
export interface Source {
  /** The path relative to the project folder, as in messages. */
  readonly file: string;
  readonly lines: LineIndex;
  /** The offset of the text's first character in the sequence of all texts. */
  readonly start: number;
  /** Whether the lines of the text must not be shown. */
  readonly hidden: boolean;
}

/**
 * The texts of a project in one sequence. An offset in this sequence identifies a file and a position in the file. For
 * this reason, a tree that was merged from several files can be validated like the tree of a single file.
 */
export class SourceRow {
  private readonly sources: Source[] = [];
  private readonly starts: number[] = [];
  private length = 0;

  /** Appends the text of a file to the sequence. The result has the offset at which the text starts (`start`). */
  add(file: string, text: string, hidden = false): Source {
    const source = { file, lines: new LineIndex(text), start: this.length, hidden };
    this.sources.push(source);
    this.starts.push(this.length);
    // A gap of one character separates the texts. Otherwise, the end of a text would also be the start of the next
    // text.
    this.length += text.length + 1;
    return source;
  }

  /** Returns the text that contains an offset of the sequence. For a negative offset, returns the first text. */
  at(offset: number): Source | undefined {
    return this.sources[lastStartingAt(this.starts, offset)];
  }

  /** Returns the file that contains a span. */
  file(span: Span): string | undefined {
    return this.at(span.start)?.file;
  }

  /** Returns the range of a span in its file. */
  range(span: Span): Range {
    const source = this.at(span.start);
    if (source === undefined) return new LineIndex("").range({ start: 0, end: 0 });
    return source.lines.range({ start: span.start - source.start, end: span.end - source.start });
  }

  /** Returns the text of a span. */
  slice(span: Span): string {
    const source = this.at(span.start);
    return source?.lines.text.slice(span.start - source.start, span.end - source.start) ?? "";
  }

  /**
   * Returns the lines of a file. `file` is the name of the file in messages. Returns `undefined` if the file is not
   * known, or if its lines must not be shown.
   */
  linesOf(file: string | undefined): LineIndex | undefined {
    const source = this.sources.find((candidate) => candidate.file === file);
    return source === undefined || source.hidden ? undefined : source.lines;
  }
}
