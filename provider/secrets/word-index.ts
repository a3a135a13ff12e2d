import { Automaton, type Found } from "./automaton";

/** Called for each unit of each view; inside a `vm` context (as in tests) every access to a global is slow. */
const { imul } = Math;

/** Words are looked up by so many of their first units. */
const HEAD = 4;

/**
 * Words to search for in many texts. A text is asked first which words begin in it, and only those become an automaton: a
 * project may have megabytes of secrets, and a message holds hardly any of them.
 */
export class WordIndex {
  private readonly words: readonly string[];
  /** First word of each hash of a head, and the next one of the same hash; counted from 1. */
  private readonly first: Int32Array;
  private readonly next: Int32Array;
  private readonly mask: number;

  /** @param words none shorter than four units. */
  constructor(words: Iterable<string>) {
    this.words = [...new Set(words)];
    const slots = 2 ** Math.ceil(Math.log2(this.words.length * 2 + 16));
    this.mask = slots - 1;
    this.first = new Int32Array(slots);
    this.next = new Int32Array(this.words.length + 1);
    for (const [index, word] of this.words.entries()) {
      const slot = this.hash(word.charCodeAt(0), word.charCodeAt(1), word.charCodeAt(2), word.charCodeAt(3));
      this.next[index + 1] = this.first[slot] ?? 0;
      this.first[slot] = index + 1;
    }
  }

  /** Whether there is nothing to search for. */
  get isEmpty(): boolean {
    return this.words.length === 0;
  }

  /** Finds every place of every word. */
  search(units: Uint16Array, found: Found): void {
    const candidates = this.candidates(units);
    if (candidates.length > 0) new Automaton(candidates).search(units, found);
  }

  private candidates(units: Uint16Array): string[] {
    const candidates: string[] = [];
    if (this.isEmpty) return candidates;
    const asked = new Set<number>();
    for (let at = 0; at + HEAD <= units.length; at += 1) {
      const slot = this.hash(units[at] ?? 0, units[at + 1] ?? 0, units[at + 2] ?? 0, units[at + 3] ?? 0);
      let index = this.first[slot] ?? 0;
      if (index === 0 || asked.has(slot)) continue;
      asked.add(slot);
      for (; index !== 0; index = this.next[index] ?? 0) {
        const word = this.words[index - 1] ?? "";
        if (word.length <= units.length) candidates.push(word);
      }
    }
    return candidates;
  }

  private hash(one: number, two: number, three: number, four: number): number {
    let mixed = imul(one, 0x9e3779b1) ^ imul(two, 0x85ebca6b);
    mixed = imul(mixed ^ three, 0xc2b2ae35) ^ imul(four, 0x27d4eb2f);
    return (mixed ^ (mixed >>> 15)) & this.mask;
  }
}
