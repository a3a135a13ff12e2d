// @ts-check
import { loadavg } from "node:os";

/**
 * One measured figure. `runs` are the raw values it comes from: for a ratio the pairs `[ours, baseline]`.
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
 * @param {string} name
 * @param {readonly (readonly [ours: number, baseline: number])[]} pairs
 * @param {number | null} bar
 * @returns {Figure}
 */
export function ratio(name, pairs, bar) {
  const value = median(pairs.map(([ours, baseline]) => ours / baseline));
  return { name, value: rounded(value), unit: "×", bar, runs: pairs.map((pair) => pair.map(rounded)) };
}

/**
 * The median of single values.
 * @param {string} name
 * @param {readonly number[]} values
 * @param {string} unit
 * @param {number | null} [bar]
 * @returns {Figure}
 */
export function single(name, values, unit, bar = null) {
  return { name, value: rounded(median(values)), unit, bar, runs: values.map(rounded) };
}

/**
 * Does something for each pair, alternating which side comes first: what the machine does besides then meets both.
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
 * A line for a person who watches.
 * @param {Figure} figure
 */
export function lineOf({ name, value, unit, bar }) {
  return `  ${name}: ${value} ${unit}${bar === null ? "" : `, bar ${bar}${value <= bar ? "" : ", MISSED"}`}`;
}

/** How busy the machine was in the last minute, for the reader of a figure. */
export function load() {
  return rounded(loadavg()[0] ?? Number.NaN);
}

/**
 * Three digits are all that a measurement is good for.
 * @param {number} value
 */
function rounded(value) {
  return value >= 100 ? Math.round(value * 10) / 10 : Number(value.toPrecision(3));
}
