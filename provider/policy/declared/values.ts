import { isMap } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";

/** Whether an input is secret. In place of a secret, the engine passes a text or an object as a mask. */
export function isMasked(value: unknown): boolean {
  return isMap(value) || (typeof value === "string" && value.includes(SECRET));
}

/**
 * Whether a value is unknown. Only a whole value can be: a longer text that contains the marker was written by a
 * person.
 */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN_TEXT;
}

/** The engine's mask for a secret. */
const SECRET = "[secret]";

/** The text of a declared input; undefined if it is not a text, is secret or is unknown. */
export function knownText(value: unknown): string | undefined {
  const isKnown = typeof value === "string" && ![UNKNOWN_TEXT, SECRET].some((marker) => value.includes(marker));
  return isKnown ? value : undefined;
}

/**
 * A value, or another one if reading it throws an error. In `@pulumi/policy`, reading a value that is unknown at
 * preview throws.
 */
export function readOr<Value, Other>(otherwise: Other, read: () => Value): Value | Other {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
