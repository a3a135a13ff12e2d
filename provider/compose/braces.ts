/**
 * Where the braces of a text close, found in one pass: asked for each of many braces that never close, a search of its
 * own would take the square of the text. With `variablesOnly`, only braces behind a dollar sign open.
 */
export class Braces {
  /** By the offset of an opening brace that of its closing one, plus one; 0 for none. */
  private readonly closes: Int32Array;

  constructor(text: string, variablesOnly: boolean) {
    this.closes = new Int32Array(text.length);
    const open: number[] = [];
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      if (sign === "{" && (!variablesOnly || text[at - 1] === "$")) open.push(at);
      else if (sign === "}") {
        const opener = open.pop();
        if (opener !== undefined) this.closes[opener] = at + 1;
      }
    }
  }

  /** The offset of the brace that closes the one at an offset, before `to`; -1 when none does. */
  closing(opener: number, to: number): number {
    const close = (this.closes[opener] ?? 0) - 1;
    return close < to ? close : -1;
  }
}
