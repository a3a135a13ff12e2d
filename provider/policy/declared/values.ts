import { isMap } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";

/**
 * Returns true if an input that should be a text is secret. In its place, the engine passes a text with `[secret]`, or
 * an object.
 */
export function isMasked(value: unknown): boolean {
  return isMap(value) || (typeof value === "string" && value.includes(SECRET));
}

/**
 * Returns true if a value is unknown. The engine passes the marker `UNKNOWN_TEXT` in place of the whole value. So a
 * longer text that contains the marker is not unknown.
 */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN_TEXT;
}

/** The text that the engine passes in place of a secret. */
const SECRET = "[secret]";

/** The text of an input. Undefined if the input is not a text, is secret or is unknown. */
export function knownText(value: unknown): string | undefined {
  const isKnown = typeof value === "string" && ![UNKNOWN_TEXT, SECRET].some((marker) => value.includes(marker));
  return isKnown ? value : undefined;
}

/**
 * Reads a value. If reading throws an error, returns `otherwise`. `@pulumi/policy` throws an error for a value that is
 * unknown at preview.
 */
export function readOr<Value, Other>(otherwise: Other, read: () => Value): Value | Other {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
