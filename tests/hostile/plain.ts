import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type InputKind, measureAlone, type Taken } from "./alone";

/**
 * The highest accepted cost of an input, as a multiple of the cost of a plain project with the same number of bytes.
 */
export const mostTimes = { seconds: 8, megabytes: 4 };

/** The bytes of an ordinary small project. A smaller input is compared with this project. */
const smallest = 2_000;
/** The largest text that the provider accepts, rounded. */
export const largest = 1_000_000;
/** A project without anything unusual, of about `bytes` bytes. */
export function plainText(bytes: number): string {
  const service = (index: number) => `  s${index}: {image: i, environment: {A: "${"x".repeat(60)}"}}\n`;
  let text = "services:\n";
  for (let index = 0; index === 0 || text.length + service(index).length <= bytes; index++) text += service(index);
  return text;
}

/**
 * The cost of plain projects of a few sizes: the largest size, half of it, half of that, and so on. Each size is
 * measured once. With `isNow`, it is measured again.
 */
export function plainProjects(folder: string): (kind: InputKind, bytes: number, isNow?: boolean) => Taken {
  const known = new Map<string, Taken>();
  return (kind, bytes, isNow = false) => {
    const within = Math.min(largest, Math.max(smallest, bytes));
    const size = Math.round(largest / 2 ** Math.round(Math.log2(largest / within)));
    const path = join(folder, `plain-${kind}-${size}`);
    const before = isNow ? undefined : known.get(path);
    if (before !== undefined) return before;
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "compose.yaml"), plainText(size));
    const taken = measureAlone(kind, path);
    known.set(path, taken);
    return taken;
  };
}

/** Describes how an input exceeds the limits. Empty if the input does not exceed them. */
export function excessOf(taken: Taken, plain: Taken): string[] {
  const slow = Object.entries(taken.seconds)
    .filter(([step, seconds]) => !(seconds <= mostTimes.seconds * (plain.seconds[step] ?? 0)))
    .map(([step, seconds]) => `${step} takes ${seconds} s, a plain project ${plain.seconds[step]} s`);
  const large = !(taken.megabytes <= mostTimes.megabytes * plain.megabytes);
  return [...slow, ...(large ? [`takes ${taken.megabytes} MB, a plain project ${plain.megabytes} MB`] : [])];
}
