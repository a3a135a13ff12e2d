import { createHash } from "node:crypto";

/** A stream of random numbers that is the same for the same seed. */
export class Random {
  private drawn = 0;

  constructor(private readonly seed: string) {}

  /** A number from 0 (included) to 1 (excluded). */
  next(): number {
    const digest = createHash("sha256")
      .update(`${this.seed}#${this.drawn++}`)
      .digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }

  /** A number between two numbers. */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number, both limits included. */
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

  /** The items of a list in random order. */
  shuffled<T>(things: readonly T[]): T[] {
    const order = things.map((thing) => ({ thing, at: this.next() }));
    return order.sort((left, right) => left.at - right.at).map(({ thing }) => thing);
  }
}
