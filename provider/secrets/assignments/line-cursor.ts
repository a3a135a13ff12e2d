/**
 * Moves through a text once, from beginning to end. Knows the line and the open quote at the current offset.
 */
export class LineCursor {
  /** The offset at which the current line begins. */
  start = 0;
  end: number;
  /** The open quote at the current offset. Empty if no quote is open. An open quote ends with its line. */
  quote = "";
  /** The current offset. */
  private at = 0;

  constructor(private readonly text: string) {
    this.end = endOfLine(text, 0);
  }

  /** Moves to an offset that is not before the current offset. */
  moveTo(offset: number): this {
    if (offset > this.end) {
      this.start = this.text.lastIndexOf("\n", offset - 1) + 1;
      this.end = endOfLine(this.text, offset);
      this.at = this.start;
      this.quote = "";
    }
    for (; this.at < offset; this.at += 1) this.read(this.text.charAt(this.at));
    return this;
  }

  private read(sign: string): void {
    if (sign === "\\") this.at += 1;
    else if (this.quote !== "") this.quote = sign === this.quote ? "" : this.quote;
    else if (sign === '"' || sign === "`" || (sign === "'" && !this.isApostrophe())) this.quote = sign;
  }

  /**
   * Returns true if a single quote is an apostrophe. An apostrophe follows a letter or digit that is not the prefix of
   * a Python text, such as `b` in `b'x'`.
   */
  private isApostrophe(): boolean {
    return /[A-Za-z0-9]$/.test(this.text.slice(Math.max(0, this.at - 1), this.at)) && !this.isAfterPrefix();
  }

  private isAfterPrefix(): boolean {
    return /(?:^|[^A-Za-z0-9])[bfru]$/i.test(this.text.slice(Math.max(0, this.at - 2), this.at));
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}
