import { type ComposeMapping, canonicalText, readCompose } from "../../../../compose";

/**
 * Keeps results of parsing for texts that one command needs several times, because parsing takes most of the provider's
 * time.
 */
export class TextCache<Made> {
  private readonly kept = new Map<string, Made>();
  private characters = 0;

  /**
   * @param limit most characters of texts and results that are kept; the oldest are dropped first
   * @param sizeOf returns the number of characters of a result
   */
  constructor(
    private readonly limit: number,
    private readonly sizeOf: (made: Made) => number,
  ) {}

  /** Returns the result for a text, or `undefined` if the cache does not have it. */
  get(text: string): Made | undefined {
    return this.kept.get(text);
  }

  /** Returns the result for a text. If the cache does not have it, makes and stores it. */
  of(text: string, make: () => Made): Made {
    return this.kept.get(text) ?? this.keep(text, make());
  }

  /** Stores the result for a text, in place of an earlier result. */
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

/** This limit is enough for the texts and canonical forms of about 700 documents of 300 lines. */
const kept = new TextCache<string>(12_000_000, (canonical) => canonical.length);

/** Returns the canonical form of a Compose text. A text that cannot be parsed is returned unchanged. */
export function canonicalOf(text: string): string {
  return kept.of(text, () => {
    const read = readCompose(text);
    return read.kind === "document" ? canonicalText(read.model) : text;
  });
}

/** Stores the canonical form of a text that was just parsed, so that the text is not parsed again. */
export function noteRead(text: string, model: ComposeMapping): void {
  kept.of(text, () => canonicalText(model));
}
