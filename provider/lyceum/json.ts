/** This module reads JSON values with an unknown structure. The readers never throw, and read only own properties. */

/** Returns the JSON value of a text. Undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the own property with this key. Undefined if the value is not an object, or has no such property. */
export function field(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** Returns the value if it is a text that is not blank. Otherwise undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** Reads a finite number. A text with a number, such as `"0"`, is accepted too. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || !/^\s*-?\d{1,15}(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

/** Reads a whole number. A text with a whole number is accepted too. */
export function asInteger(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

/**
 * Reads an id: a text that is not blank, or a whole number. A number beyond 2^53 is not accepted, because parsing
 * changes its digits.
 */
export function asId(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  return asText(value)?.trim();
}

/**
 * Returns the value of the first of `keys` whose value `read` accepts. `read` returns undefined for a value that it
 * does not accept.
 */
export function firstOf<T>(
  value: unknown,
  keys: readonly string[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const key of keys) {
    const found = read(field(value, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Removes keys with the value undefined, because the engine cannot store `undefined`. */
export function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  // A loop is three times as fast as `Object.fromEntries`, and this function handles every entry of every list.
  const present: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    const entry = value[key];
    if (entry !== undefined) present[key] = entry;
  }
  return present as T;
}
