import { LineIndex, lastStartingAt, type Range, type Span } from "../diagnostics/position";

/** A text of the project, with its position among the others. */
export interface Source {
  /** The name in messages, which is relative to the project folder. */
  readonly file: string;
  readonly lines: LineIndex;
  /** The offset of its first character in the sequence of all texts. */
  readonly start: number;
  /** Whether the lines of the text must not be shown. */
  readonly hidden: boolean;
}

/**
 * The texts of a project in one sequence, so that a single offset identifies a file and a position in it. A tree that
 * was merged from several files can then be validated like the tree of a single file.
 */
export class SourceRow {
  private readonly sources: Source[] = [];
  private readonly starts: number[] = [];
  private length = 0;

  /** Appends a text. The offsets in it start at the `start` of the source. */
  add(file: string, text: string, hidden = false): Source {
    const source = { file, lines: new LineIndex(text), start: this.length, hidden };
    this.sources.push(source);
    this.starts.push(this.length);
    // Leaves a gap of one, so that the end of a text is not the start of the next text.
    this.length += text.length + 1;
    return source;
  }

  /** The text that contains an offset. If the offset is before all texts, the first one. */
  at(offset: number): Source | undefined {
    return this.sources[lastStartingAt(this.starts, offset)];
  }

  /** The file of a span. */
  file(span: Span): string | undefined {
    return this.at(span.start)?.file;
  }

  /** The range of a span in the text in which it starts. */
  range(span: Span): Range {
    const source = this.at(span.start);
    if (source === undefined) return new LineIndex("").range({ start: 0, end: 0 });
    return source.lines.range({ start: span.start - source.start, end: span.end - source.start });
  }

  /** The text of a span. */
  slice(span: Span): string {
    const source = this.at(span.start);
    return source?.lines.text.slice(span.start - source.start, span.end - source.start) ?? "";
  }

  /** The lines of a file, by its name in messages. Absent if they must not be shown. */
  linesOf(file: string | undefined): LineIndex | undefined {
    const source = this.sources.find((candidate) => candidate.file === file);
    return source === undefined || source.hidden ? undefined : source.lines;
  }
}
