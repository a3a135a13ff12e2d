import { type ComposeMapping, canonicalText, readCompose } from "../../../../compose";

/**
 * Keeps results of parsing, because a command needs them several times and parsing takes most of the provider's time.
 */
export class TextCache<Made> {
  private readonly kept = new Map<string, Made>();
  private characters = 0;

  /**
   * @param limit maximum number of characters of all texts and results; the oldest results are dropped first
   * @param sizeOf returns the number of characters of a result
   */
  constructor(
    private readonly limit: number,
    private readonly sizeOf: (made: Made) => number,
  ) {}

  /**
   * Returns the result that the cache stores for a text, or `undefined` if the cache stores no result for this text.
   */
  get(text: string): Made | undefined {
    return this.kept.get(text);
  }

  /**
   * Returns the result that the cache stores for a text. If the cache stores none, calls `make` and stores its result.
   */
  of(text: string, make: () => Made): Made {
    return this.kept.get(text) ?? this.keep(text, make());
  }

  /** Stores the result for a text. Replaces an earlier result. */
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

/** The limit is enough for about 700 documents of 300 lines. */
const kept = new TextCache<string>(12_000_000, (canonical) => canonical.length);

/** Returns the canonical form of a Compose text. Returns a text unchanged if it cannot be parsed. */
export function canonicalOf(text: string): string {
  return kept.of(text, () => {
    const read = readCompose(text);
    return read.kind === "document" ? canonicalText(read.model) : text;
  });
}

/** Stores the canonical form of a text that was just parsed. */
export function noteRead(text: string, model: ComposeMapping): void {
  kept.of(text, () => canonicalText(model));
}
