/**
 * What was made of a text, for texts that one command asks for several times (check, diff of new and old inputs, create, delete).
 * Reading a compose text is by far the dearest thing the provider does by itself.
 */
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
