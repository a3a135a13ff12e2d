import { type Pump, pumpsFor } from "./pumps";

/** A text that takes an expression more than its length allows. */
export interface Growth {
  readonly pump: Pump;
  /** How many times as long four times the text took; an expression that walks a text once is at 4, one that squares it at 16. */
  readonly factor: number;
}

const most = 8;
/** An expression that doubles with each character is found at these lengths, before it takes for ever. */
const small = [16, 20, 24, 28, 32, 64, 250];
const [short, long] = [500, 2_000];
const tries = 5;
const rounds = 8;

/** The first text found that an expression takes more than linear time for. Times are compared with times of the same expression. */
export function findGrowth(expression: RegExp): Growth | undefined {
  const flags = expression.flags.replace(/[gy]/g, "");
  const pattern = new RegExp(expression.source, `${flags}g`);
  for (const pump of pumpsFor(expression)) {
    const factor = growthWith(pattern, pump);
    if (factor > most) return { pump, factor };
  }
  return undefined;
}

function growthWith(pattern: RegExp, pump: Pump): number {
  let before = Math.max(timeOf(pattern, textOf(pump, 8), 3), floor);
  for (const length of small) {
    const text = textOf(pump, length);
    const worst = most * 8 * before;
    const taken = timeOf(pattern, text, 1);
    if (taken > worst && inEveryRound(() => timeOf(pattern, text, tries) > worst)) return Number.POSITIVE_INFINITY;
    before = Math.max(before, Math.min(taken, before * 8));
  }
  const texts = [textOf(pump, short), textOf(pump, long)] as const;
  const factorOf = (count: number) =>
    timeOf(pattern, texts[1], count) / Math.max(timeOf(pattern, texts[0], count), floor);
  let factor = factorOf(2);
  if (factor <= most) return factor;
  inEveryRound(() => {
    factor = factorOf(tries);
    return factor > most;
  });
  return factor;
}

/** A turn of the machine's may fall into one measurement: what looks bad is measured anew, and has to look bad each time. */
function inEveryRound(isBad: () => boolean): boolean {
  return Array.from({ length: rounds }).every(isBad);
}

/** In milliseconds: what is quicker cannot be measured. */
const floor = 0.002;

/** The least of several times, so that what else the machine does is left out. */
function timeOf(pattern: RegExp, text: string, count: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    pattern.lastIndex = 0;
    const started = performance.now();
    while (true) {
      const match = pattern.exec(text);
      if (match === null) break;
      if (match[0] === "") pattern.lastIndex += 1;
    }
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

function textOf({ head, pump, end }: Pump, length: number): string {
  return head + pump.repeat(Math.max(1, Math.ceil(length / Math.max(1, pump.length)))) + end;
}
