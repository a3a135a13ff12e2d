import { type ComposeMapping, canonicalText, readCompose } from "../../../compose";

/** What was made of texts that one command asks for several times: reading them is the dearest thing the provider does by itself. */
export class TextCache<Made> {
  private readonly kept = new Map<string, Made>();
  private characters = 0;

  /**
   * @param limit how many characters of texts, and of what is made of them, are kept; the oldest go first
   * @param sizeOf characters of what is made
   */
  constructor(
    private readonly limit: number,
    private readonly sizeOf: (made: Made) => number,
  ) {}

  /** What was made of a text, or `undefined` when it is not kept. */
  get(text: string): Made | undefined {
    return this.kept.get(text);
  }

  /** Keeps what was made of a text, in place of what was made of it before. */
  keep(text: string, made: Made): Made {
    const before = this.kept.get(text);
    if (before !== undefined) this.characters -= text.length + this.sizeOf(before);
    this.kept.delete(text);
    this.kept.set(text, made);
    this.characters += text.length + this.sizeOf(made);
    for (const [oldest, value] of this.kept) {
      if (this.characters <= this.limit) break;
      this.kept.delete(oldest);
      this.characters -= oldest.length + this.sizeOf(value);
    }
    return made;
  }
}

/** Texts and canonical forms of some 700 documents of 300 lines. */
const kept = new TextCache<string>(12_000_000, (canonical) => canonical.length);

/** The canonical form of a compose text; a text that cannot be read counts as it is. */
export function canonicalOf(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const read = readCompose(text);
  return read.kind === "document" ? kept.keep(text, canonicalText(read.model)) : text;
}

/** Notes the canonical form of a text that has just been read, so that it is not read again. */
export function noteRead(text: string, model: ComposeMapping): void {
  if (kept.get(text) === undefined) kept.keep(text, canonicalText(model));
}
