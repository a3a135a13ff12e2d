/**
 * The longest text that may be an amount, in characters. The length is checked first, because a pattern may take
 * quadratic time on a text that does not match.
 */
const LONGEST_AMOUNT = 1_000;

/**
 * The longest amount that gets a canonical form, in characters. Never change this limit, because recorded models depend
 * on it.
 */
const LONGEST_CANONICAL = 100;

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
};

/**
 * Returns the nanoseconds of a duration. Returns `undefined` for any other text, and if the duration is too long for
 * Compose.
 */
function durationOf(text: string): bigint | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const [, sign = "", amounts = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (amounts === "0") return 0n;
  if (!/^(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+$/.test(amounts)) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of amounts.matchAll(
    /(?<![0-9.])([0-9]*)(?:\.([0-9]*))?([a-zµμ]+)/g,
  )) {
    const scale = NANOSECONDS[unit] ?? 0n;
    total += BigInt(whole || "0") * scale;
    if (fraction !== "") total += (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  if (total >= 1n << 63n) return undefined;
  return sign === "-" ? -total : total;
}

/** Whether Compose reads a text as a duration. */
export function isDuration(text: string): boolean {
  return durationOf(text) !== undefined;
}

/**
 * Returns a duration in Compose's own spelling: `1m30s` for `90s`. Returns `undefined` for any other text, and if the
 * text is too long.
 */
export function canonicalDuration(text: string): string | undefined {
  const total = text.length > LONGEST_CANONICAL ? undefined : durationOf(text);
  return total === undefined ? undefined : spellDuration(total);
}

function spellDuration(total: bigint): string {
  if (total === 0n) return "0s";
  const sign = total < 0n ? "-" : "";
  const size = total < 0n ? -total : total;
  for (const [unit, scale, digits] of [
    ["ns", 1n, 0],
    ["µs", 1_000n, 3],
    ["ms", 1_000_000n, 6],
  ] as const) {
    if (size < scale * 1_000n) return `${sign}${decimal(size, digits)}${unit}`;
  }
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return `${sign}${seconds}`;
  const hours = minutes / 60n;
  return `${sign}${hours === 0n ? "" : `${hours}h`}${minutes % 60n}m${seconds}`;
}

/**
 * Returns a number as a decimal text, without zeros at the end of the fraction: `decimal(1500n, 3)` is `1.5`. `digits`
 * is the number of digits of `size` that come after the point.
 */
function decimal(size: bigint, digits: number): string {
  const text = size.toString().padStart(digits + 1, "0");
  const fraction = text.slice(text.length - digits).replace(/(?<!0)0+$/, "");
  return `${text.slice(0, text.length - digits)}${digits === 0 || fraction === "" ? "" : `.${fraction}`}`;
}

const POWERS = "kmgtp";

/** Returns the number and the unit of a size, or `undefined` for any other text. */
function sizeOf(text: string): { readonly amount: string; readonly unit: string } | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const form = /^\+?((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?) ?([kmgtp])?(?:i?b)?$/i;
  const [, amount, unit = ""] = form.exec(text) ?? [];
  return amount === undefined || (unit === "" && /ib$/i.test(text)) ? undefined : { amount, unit };
}

/** Whether Compose reads a text as a size. `-1` is a size that means no limit. */
export function isSize(text: string): boolean {
  return sizeOf(text) !== undefined || negativeSize(text) !== undefined;
}

/** Returns the value of a negative size. Returns `undefined` for any other text. */
export function negativeSize(text: string): number | undefined {
  const bytes = text.length <= LONGEST_CANONICAL && /^-[0-9]+$/.test(text) ? Number(text) : 0;
  return bytes < 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
 * Returns the bytes of a size as a text: `1024` for `1k`. Returns `undefined` for any other text, and if the size is
 * too long or too large.
 */
export function canonicalSize(text: string): string | undefined {
  const size = text.length > LONGEST_CANONICAL ? undefined : sizeOf(text);
  if (size === undefined) return undefined;
  const power = size.unit === "" ? 0 : POWERS.indexOf(size.unit.toLowerCase()) + 1;
  const bytes = Math.trunc(Number(size.amount) * 1024 ** power);
  return Number.isSafeInteger(bytes) ? String(bytes) : undefined;
}
