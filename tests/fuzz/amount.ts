/**
 * How much is tried, and from which seed. `LYCEUM_FUZZ_SEED` sets another seed, `LYCEUM_FUZZ_SCALE` multiplies every
 * count (0.1 while developing, 20 over night). A failure prints the seed and the smallest input that fails.
 */
export const SEED = Number(process.env.LYCEUM_FUZZ_SEED ?? 20_260_301);
const scale = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);

/** Parameters of fast-check for so many inputs at scale 1. */
export function amount(count: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: SEED, numRuns: scaled(count) };
}

/** A count at the scale asked for; at least one. */
export function scaled(count: number): number {
  return Math.max(1, Math.round(count * scale));
}

/** A machine that does other things takes this many times as long. */
const BUSY = 5;

/** Milliseconds that a test may take that takes so many seconds at scale 1 on a quiet machine. */
export function atMost(seconds: number): number {
  return BUSY * seconds * 1000 * Math.max(1, scale);
}

/** Says what was done, with the seed, so that every run can be repeated. */
export function logFigures(what: string, figures: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`fuzz: ${what}, seed ${SEED}: ${JSON.stringify(figures)}\n`);
}
