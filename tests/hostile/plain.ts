import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type InputKind, measureAlone, type Taken } from "./alone";

/** The highest accepted cost of an input, as a multiple of the cost of a plain project of as many bytes. */
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
 * The cost of plain projects, measured once for each size: the largest, half of it, half of that, and so on.
 */
export function plainProjects(folder: string): (kind: InputKind, bytes: number) => Taken {
  const known = new Map<string, Taken>();
  return (kind, bytes) => {
    const within = Math.min(largest, Math.max(smallest, bytes));
    const size = Math.round(largest / 2 ** Math.round(Math.log2(largest / within)));
    const path = join(folder, `plain-${kind}-${size}`);
    const taken = known.get(path) ?? measurePlain(kind, path, size);
    known.set(path, taken);
    return taken;
  };
}

function measurePlain(kind: InputKind, path: string, size: number): Taken {
  mkdirSync(path);
  writeFileSync(join(path, "compose.yaml"), plainText(size));
  const tries = [measureAlone(kind, path), measureAlone(kind, path)];
  return tries.reduce(leastOf);
}

/** The smaller of two measurements of one input. Other work on the machine can only increase a measurement. */
export function leastOf(one: Taken, other: Taken): Taken {
  const seconds = Object.fromEntries(
    Object.entries(one.seconds).map(([step, taken]) => [step, Math.min(taken, other.seconds[step] ?? taken)]),
  );
  return { ...one, seconds, megabytes: Math.min(one.megabytes, other.megabytes) };
}

/** How an input exceeds the limits, as text. Empty if it does not. */
export function excessOf(taken: Taken, plain: Taken): string[] {
  const slow = Object.entries(taken.seconds)
    .filter(([step, seconds]) => !(seconds <= mostTimes.seconds * (plain.seconds[step] ?? 0)))
    .map(([step, seconds]) => `${step} takes ${seconds} s, a plain project ${plain.seconds[step]} s`);
  const large = !(taken.megabytes <= mostTimes.megabytes * plain.megabytes);
  return [...slow, ...(large ? [`takes ${taken.megabytes} MB, a plain project ${plain.megabytes} MB`] : [])];
}
