import { defaultReportMessage, type Parameters } from "fast-check";

/**
 * The number of inputs, and the seed. `LYCEUM_FUZZ_SEED` sets another seed. `LYCEUM_FUZZ_SCALE` multiplies every
 * number, for example with 0.1 during development or with 20 at night. A failure prints the seed and the smallest input
 * that fails.
 */
export const SEED = Number(process.env.LYCEUM_FUZZ_SEED ?? 20_260_301);
const scale = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);

/** Parameters of fast-check for `count` inputs. The scale multiplies them. */
export function amount(count: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: SEED, numRuns: scaled(count) };
}

/** A count at the requested scale. At least one. */
export function scaled(count: number): number {
  return Math.max(1, Math.round(count * scale));
}

/** The factor by which a busy machine may be slower. */
const BUSY = 5;

/** The limit in milliseconds of a test that takes `seconds` at scale 1 on a quiet machine. */
export function atMost(seconds: number): number {
  return BUSY * seconds * 1000 * Math.max(1, scale);
}

/** Logs what was tested, with the seed, so that the test can be repeated. */
export function logFigures(what: string, figures: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`fuzz: ${what}, seed ${SEED}: ${JSON.stringify(figures)}\n`);
}

/**
 * Parameters of fast-check that print a failure as one line of JSON, with the seed and the whole smallest input. A log
 * may cut the message of a failed test, but it keeps this line. Bytes are written in base64.
 */
export function withFailureLine<Input>(what: string): Parameters<Input> {
  return {
    reporter: (run) => {
      if (!run.failed) return;
      const { seed, counterexamplePath: path, counterexample } = run;
      const withBytes = (_key: string, value: unknown) =>
        value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value;
      process.stderr.write(`fuzz: ${what} failed: ${JSON.stringify({ seed, path, counterexample }, withBytes)}\n`);
      throw new Error(defaultReportMessage(run));
    },
  };
}
