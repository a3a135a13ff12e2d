/**
 * Where the braces of a text close, found in one pass: asked for each of many braces that never close, a search of its
 * own would take the square of the text. As for Compose, every brace counts but one right behind an opening one.
 */
export class Braces {
  /** By the offset of an opening brace that of its closing one, plus one; 0 for none. */
  private readonly closes: Int32Array;
  /** By offset that of the last closing brace up to it, plus one. */
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
   * The offset of the brace that closes the one at an offset, before `to`; -1 when none does. Where none does on the
   * line, its last one: Compose reads on to that.
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
