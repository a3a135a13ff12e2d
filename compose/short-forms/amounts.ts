/**
 * The longest text that may be an amount. This is checked before any pattern, because a pattern can take quadratic time
 * on a text that does not match.
 */
const LONGEST_AMOUNT = 1_000;

/** The longest amount with a canonical form. States record this limit in their digests, so it must not change. */
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

/** The nanoseconds of a duration. `undefined` for any other text, and for a duration over the limits of Compose. */
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
 * A duration in Compose's own spelling (`90s` is `1m30s`). `undefined` for any other text, and for one that is too
 * long.
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

/** A number with `digits` digits after the point, from its size in the smallest unit. */
function decimal(size: bigint, digits: number): string {
  const text = size.toString().padStart(digits + 1, "0");
  const fraction = text.slice(text.length - digits).replace(/(?<!0)0+$/, "");
  return `${text.slice(0, text.length - digits)}${digits === 0 || fraction === "" ? "" : `.${fraction}`}`;
}

const POWERS = "kmgtp";

/** The number and the unit of a size. `undefined` for any other text. */
function sizeOf(text: string): { readonly amount: string; readonly unit: string } | undefined {
  if (text.length > LONGEST_AMOUNT) return undefined;
  const form = /^\+?((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?) ?([kmgtp])?(?:i?b)?$/i;
  const [, amount, unit = ""] = form.exec(text) ?? [];
  return amount === undefined || (unit === "" && /ib$/i.test(text)) ? undefined : { amount, unit };
}

/** Whether Compose reads a text as a size. */
export function isSize(text: string): boolean {
  return sizeOf(text) !== undefined;
}

/**
 * A size in bytes as digits (`1k` is `1024`). `undefined` for any other text, and for one that is too long or too
 * large.
 */
export function canonicalSize(text: string): string | undefined {
  const size = text.length > LONGEST_CANONICAL ? undefined : sizeOf(text);
  if (size === undefined) return undefined;
  const power = size.unit === "" ? 0 : POWERS.indexOf(size.unit.toLowerCase()) + 1;
  const bytes = Math.trunc(Number(size.amount) * 1024 ** power);
  return Number.isSafeInteger(bytes) ? String(bytes) : undefined;
}
