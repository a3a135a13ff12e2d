import { createHash } from "node:crypto";

/** A stream of random numbers. The same seed gives the same stream. */
export class Random {
  private drawn = 0;

  constructor(private readonly seed: string) {}

  /** Returns a number from 0 (included) to 1 (excluded). */
  next(): number {
    const digest = createHash("sha256")
      .update(`${this.seed}#${this.drawn++}`)
      .digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }

  /** Returns a number between `low` and `high`. */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** Returns a whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error("There is nothing to choose from.");
    return choices[this.whole(0, choices.length - 1)] as T;
  }

  /** Returns the items of a list in random order. */
  shuffled<T>(things: readonly T[]): T[] {
    const order = things.map((thing) => ({ thing, at: this.next() }));
    return order.sort((left, right) => left.at - right.at).map(({ thing }) => thing);
  }
}
