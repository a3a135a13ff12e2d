import { printable } from "../../display/printable";
import { shortDuration } from "../../display/wording";
import type { ObjectOf } from "../../schema";
import type { Phase } from "..";

/** The width of every chart, in units of its SVG. The page scales the chart. */
const WIDTH = 720;
const BAR = { height: 22, axis: 18 } as const;
const CURVE = { height: 90, left: 58, top: 6, axis: 20 } as const;

/** Returns a phase with its duration: `running 1m25s`. */
export function phaseInWords({ name, seconds }: Phase): string {
  return `${name} ${shortDuration(seconds)}`;
}

/** Draws a run's phases as one bar, with an axis in seconds. */
export function timelineChart(phases: readonly Phase[]): string {
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  if (total <= 0) return "";
  let x = 0;
  const bars = phases.map((phase) => {
    const { name } = phase;
    const width = (phase.seconds / total) * WIDTH;
    const label = phaseInWords(phase);
    // A letter needs about 7 units. If the name does not fit into the bar, only the list below the bar shows it.
    const text =
      width < label.length * 7 + 8
        ? ""
        : `<text x="${fixed(x + 5)}" y="15" class="in-bar ${name}">${escaped(label)}</text>`;
    const bar = `<g><title>${escaped(label)}</title><rect x="${fixed(x)}" y="0" width="${fixed(Math.max(width, 1))}" height="${BAR.height}" class="phase ${name}"/>${text}</g>`;
    x += width;
    return bar;
  });
  const ticks = ticksUpTo(total).map((seconds) => {
    const at = (seconds / total) * WIDTH;
    return `<line x1="${fixed(at)}" y1="${BAR.height}" x2="${fixed(at)}" y2="${BAR.height + 4}" class="axis"/>${tickAt(at, BAR.height + 15, seconds)}`;
  });
  const alternative = phases.map(phaseInWords).join(", ");
  return `<svg viewBox="0 0 ${WIDTH} ${BAR.height + BAR.axis}" role="img" aria-label="${escaped(`Timeline: ${alternative}`)}">${bars.join("")}${ticks.join("")}</svg>${legend(phases)}`;
}

function legend(phases: readonly Phase[]): string {
  const words = phases.map((phase) => `<li><i class="${phase.name}"></i>${escaped(phaseInWords(phase))}</li>`);
  return `<ul class="phases">${words.join("")}</ul>`;
}

/** Draws a label of the time axis. The first and last labels stay inside the chart. */
function tickAt(x: number, y: number, seconds: number): string {
  const anchor = x > WIDTH - 20 ? "end" : seconds === 0 ? "start" : "middle";
  return `<text x="${fixed(x)}" y="${y}" text-anchor="${anchor}" class="tick">${shortDuration(seconds)}</text>`;
}

/**
 * Draws a series over time, with both axes. The curve has a gap if a sample has no value. Empty if there are fewer than
 * two values.
 */
export function curveChart(name: string, samples: readonly ObjectOf<"MetricSample">[]): string {
  const points = samples.flatMap(({ timestamp, value }) => {
    const at = Date.parse(timestamp);
    return Number.isNaN(at) ? [] : [{ at, value }];
  });
  const values = points.flatMap(({ value }) => value ?? []);
  const [first, last] = [points[0], points.at(-1)];
  if (values.length < 2 || first === undefined || last === undefined || last.at <= first.at) return "";
  const unit = unitOf(name);
  const most = unit.symbol === "%" ? 100 : Math.max(...values, Number.MIN_VALUE);
  const width = WIDTH - CURVE.left;
  const seconds = (last.at - first.at) / 1000;
  const x = (at: number) => CURVE.left + ((at - first.at) / (last.at - first.at)) * width;
  const y = (value: number) => CURVE.top + (1 - value / most) * CURVE.height;
  let path = "";
  let isDown = false;
  for (const { at, value } of points) {
    if (value !== undefined) path += `${isDown ? "L" : "M"}${fixed(x(at))} ${fixed(y(value))}`;
    isDown = value !== undefined;
  }
  const bottom = CURVE.top + CURVE.height;
  const levels = [0, 0.5, 1].map((share) => {
    const label = `${rounded((most * share) / unit.divisor)} ${unit.symbol}`.trim();
    return `<line x1="${CURVE.left}" y1="${fixed(y(most * share))}" x2="${WIDTH}" y2="${fixed(y(most * share))}" class="grid"/><text x="${CURVE.left - 6}" y="${fixed(y(most * share) + 4)}" text-anchor="end" class="tick">${escaped(label)}</text>`;
  });
  const ticks = ticksUpTo(seconds).map((tick) => tickAt(CURVE.left + (tick / seconds) * width, bottom + 15, tick));
  const peak = `${rounded(Math.max(...values) / unit.divisor)} ${unit.symbol}`.trim();
  return `<figure><figcaption>${escaped(name)} (peak ${escaped(peak)})</figcaption><svg viewBox="0 0 ${WIDTH} ${bottom + CURVE.axis}" role="img" aria-label="${escaped(`${name} over ${shortDuration(seconds)}, peak ${peak}`)}">${levels.join("")}<path d="${path}" class="curve"/>${ticks.join("")}</svg></figure>`;
}

/** Returns the unit that a series' name ends with. */
function unitOf(name: string): { readonly symbol: string; readonly divisor: number } {
  if (/Percent$/.test(name)) return { symbol: "%", divisor: 1 };
  if (/Bytes$/.test(name)) return { symbol: "GiB", divisor: 1024 ** 3 };
  if (/Celsius$/.test(name)) return { symbol: "°C", divisor: 1 };
  if (/Watt$/.test(name)) return { symbol: "W", divisor: 1 };
  return { symbol: "", divisor: 1 };
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600] as const;

/** Returns the times at which an axis has ticks: multiples of one step in seconds, from zero. */
function ticksUpTo(seconds: number): readonly number[] {
  const step = STEPS.find((each) => seconds / each <= 6) ?? seconds / 5;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function rounded(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for elements and attributes of HTML. Removes escape sequences of terminals. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
