// @ts-check
import { loadavg } from "node:os";

/**
 * One measured figure. `runs` are its raw values: for a ratio, pairs `[ours, baseline]`.
 * @typedef {{ name: string, value: number, unit: string, bar: number | null, runs: (number | number[])[] }} Figure
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/**
 * The median of the ratios of pairs.
 * @template T
 * @param {string} name
 * @param {readonly { ours: T, baseline: T }[]} pairs
 * @param {(side: T) => number} of what is compared
 * @param {number | null} [bar]
 * @returns {Figure}
 */
export function ratio(name, pairs, of, bar = null) {
  const numbers = pairs.map(({ ours, baseline }) => /** @type {const} */ ([of(ours), of(baseline)]));
  const value = median(numbers.map(([ours, baseline]) => ours / baseline));
  return { name, value: rounded(value), unit: "×", bar, runs: numbers.map((pair) => pair.map(rounded)) };
}

/**
 * A single value.
 * @param {string} name
 * @param {number} value
 * @param {string} unit
 * @param {number | null} [bar]
 * @returns {Figure}
 */
export function single(name, value, unit, bar = null) {
  return { name, value: rounded(value), unit, bar, runs: [rounded(value)] };
}

/**
 * Measures pairs, and alternates which side comes first, so that other work of the machine affects both sides.
 * @template T
 * @param {number} count
 * @param {(side: "ours" | "baseline", pair: number) => Promise<T>} measure
 * @returns {Promise<{ ours: T, baseline: T }[]>}
 */
export async function alternatingPairs(count, measure) {
  const pairs = [];
  for (let pair = 0; pair < count; pair++) {
    if (pair % 2 === 0) {
      const ours = await measure("ours", pair);
      pairs.push({ ours, baseline: await measure("baseline", pair) });
    } else {
      const baseline = await measure("baseline", pair);
      pairs.push({ ours: await measure("ours", pair), baseline });
    }
  }
  return pairs;
}

/**
 * A line for the person who runs the benchmark.
 * @param {Figure} figure
 */
export function lineOf({ name, value, unit, bar }) {
  return `  ${name}: ${value} ${unit}${bar === null ? "" : `, bar ${bar}${value <= bar ? "" : ", MISSED"}`}`;
}

/** The load of the machine in the last minute, for the reader of a figure. */
export function load() {
  return rounded(loadavg()[0] ?? Number.NaN);
}

/**
 * Rounds to three digits. Measurements are not more precise.
 * @param {number} value
 */
function rounded(value) {
  return value >= 100 ? Math.round(value * 10) / 10 : Number(value.toPrecision(3));
}
