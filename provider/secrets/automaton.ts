/** Called with each place at which a word ends: its first unit, and the one behind its last. */
export type Found = (start: number, end: number) => void;

const NONE = 0;
/** Called for each unit of each view; inside a `vm` context (as in tests) every access to a global is slow. */
const { imul } = Math;

/**
 * Finds words in texts, all at once (Aho and Corasick): time is linear in the text, however many words there are and however
 * alike they begin.
 */
export class Automaton {
  /** Nodes of the tree of beginnings; 0 is the root. `longest` is the length of the longest word that ends at a node. */
  private readonly fail: Int32Array;
  private readonly longest: Int32Array;
  /** Children, hashed by their parent and unit. */
  private readonly parents: Int32Array;
  private readonly labels: Uint16Array;
  private readonly children: Int32Array;
  private readonly mask: number;
  private nodes = 1;

  constructor(words: readonly string[]) {
    const most = words.reduce((sum, word) => sum + word.length, 1);
    const slots = 2 ** Math.ceil(Math.log2(most * 2));
    this.mask = slots - 1;
    this.fail = new Int32Array(most);
    this.longest = new Int32Array(most);
    this.parents = new Int32Array(slots);
    this.labels = new Uint16Array(slots);
    this.children = new Int32Array(slots);
    const [origins, units] = [new Int32Array(most), new Uint16Array(most)];
    const byDepth: number[][] = [];
    for (const word of words) this.addWord(word, origins, units, byDepth);
    for (const level of byDepth) for (const node of level) this.link(node, origins[node] ?? 0, units[node] ?? 0);
  }

  /** Goes through a text once; at each place the longest word that ends there counts. */
  search(units: Uint16Array, found: Found): void {
    let node = 0;
    for (let at = 0; at < units.length; at += 1) {
      const unit = units[at] ?? 0;
      let next = this.child(node, unit);
      while (next === NONE && node !== 0) {
        node = this.fail[node] ?? 0;
        next = this.child(node, unit);
      }
      node = next;
      const length = this.longest[node] ?? 0;
      if (length > 0) found(at + 1 - length, at + 1);
    }
  }

  private addWord(word: string, origins: Int32Array, units: Uint16Array, byDepth: number[][]): void {
    let node = 0;
    for (let depth = 0; depth < word.length; depth += 1) {
      const unit = word.charCodeAt(depth);
      let next = this.child(node, unit);
      if (next === NONE) {
        next = this.nodes;
        this.nodes += 1;
        this.insert(node, unit, next);
        origins[next] = node;
        units[next] = unit;
        byDepth[depth] ??= [];
        byDepth[depth]?.push(next);
      }
      node = next;
    }
    this.longest[node] = word.length;
  }

  /** A node falls back to the longest end of its word that is the beginning of another. */
  private link(node: number, parent: number, unit: number): void {
    let other = this.fail[parent] ?? 0;
    let next = parent === 0 ? NONE : this.child(other, unit);
    while (next === NONE && other !== 0) {
      other = this.fail[other] ?? 0;
      next = this.child(other, unit);
    }
    this.fail[node] = next;
    if (this.longest[node] === 0) this.longest[node] = this.longest[next] ?? 0;
  }

  private child(node: number, unit: number): number {
    for (let slot = this.slot(node, unit); ; slot = (slot + 1) & this.mask) {
      const child = this.children[slot] ?? NONE;
      if (child === NONE || (this.parents[slot] === node && this.labels[slot] === unit)) return child;
    }
  }

  private insert(node: number, unit: number, child: number): void {
    let slot = this.slot(node, unit);
    while (this.children[slot] !== NONE) slot = (slot + 1) & this.mask;
    this.parents[slot] = node;
    this.labels[slot] = unit;
    this.children[slot] = child;
  }

  private slot(node: number, unit: number): number {
    const mixed = imul(node, 0x9e3779b1) ^ imul(unit + 1, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.mask;
  }
}
