import { UNKNOWN_TEXT } from "../../pulumi/wire-forms";

/** A value with Pulumi's marker replaced by `marker`, wherever it stands. */
export function fromPulumi<T>(value: T, marker: string): T {
  return replaced(value, UNKNOWN_TEXT, marker) as T;
}

/** A value with `marker` replaced by Pulumi's, wherever it stands. */
export function toPulumi<T>(value: T, marker: string): T {
  return replaced(value, marker, UNKNOWN_TEXT) as T;
}

function replaced(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") return value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((item) => replaced(item, from, to));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]) => [key.replaceAll(from, to), replaced(item, from, to)]);
  return Object.fromEntries(entries);
}
