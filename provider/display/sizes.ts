const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Returns a number of bytes as readable text, with units in powers of 1000: `999 B`, `1.5 kB`, `23 MB`. */
export function sizeText(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const text = unit === 0 || amount >= 9.95 ? String(Math.round(amount)) : amount.toFixed(1);
  return `${text} ${UNITS[unit]}`;
}
