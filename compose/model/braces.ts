/**
 * Finds the closing braces of a text in one pass. A separate search for each opening brace could take quadratic time.
 * As in Compose, the brace directly after an opening brace is skipped. So in `{{{`, only the first and the third brace
 * are opening braces.
 */
export class Braces {
  /** At the offset of each opening brace: the offset after its closing brace, or 0 if the brace is never closed. */
  private readonly closes: Int32Array;
  /** For each offset: the offset after the last closing brace at or before it, or 0 if there is none. */
  private readonly lastClose: Int32Array;
  private line = { start: 0, end: -1 };

  constructor(private readonly text: string) {
    this.closes = new Int32Array(text.length);
    this.lastClose = new Int32Array(text.length);
    const open: number[] = [];
    let last = 0;
    let isCounted = true;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      if (sign === "}") last = at + 1;
      this.lastClose[at] = last;
      if (sign === "{" && isCounted) open.push(at);
      const opener = sign === "}" && isCounted ? open.pop() : undefined;
      if (opener !== undefined) this.closes[opener] = at + 1;
      isCounted = !(sign === "{" && isCounted);
    }
  }

  /**
   * Returns the offset of the closing brace for the brace at `opener`, as Compose finds it: the first of these that is
   * before `to`, or -1.
   *
   * 1. the matching brace, if it is on the line of `opener`
   * 2. the last closing brace on this line
   * 3. the matching brace on a later line
   */
  closing(opener: number, to: number): number {
    const end = Math.min(to, this.lineEnd(opener));
    const close = (this.closes[opener] ?? 0) - 1;
    if (close !== -1 && close < end) return close;
    const last = (this.lastClose[end - 1] ?? 0) - 1;
    if (last > opener) return last;
    return close < to ? close : -1;
  }

  private lineEnd(at: number): number {
    if (at < this.line.start || at >= this.line.end) {
      const found = this.text.indexOf("\n", at);
      this.line = { start: at, end: found === -1 ? this.text.length : found };
    }
    return this.line.end;
  }
}
