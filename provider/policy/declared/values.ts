import { isMap } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";

/** Whether an input is secret. The engine passes a text or an object in place of a secret. */
export function isMasked(value: unknown): boolean {
  return isMap(value) || (typeof value === "string" && value.includes(SECRET));
}

/**
 * Whether a value is unknown. Only a whole value can be unknown. If a longer text contains the marker of unknown
 * values, a person wrote this text.
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
 * Reads a value. If reading throws an error, returns another value. In `@pulumi/policy`, reading a value that is
 * unknown at preview throws an error.
 */
export function readOr<Value, Other>(otherwise: Other, read: () => Value): Value | Other {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
