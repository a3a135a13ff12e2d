import { UNKNOWN_TEXT } from "../pulumi/wire-forms";

/** What the engine reports in place of a secret. */
export const SECRET = "[secret]";

/** The text of a declared input; undefined where it is not a text, secret, or not known at preview. */
export function knownText(value: unknown): string | undefined {
  const isKnown = typeof value === "string" && ![UNKNOWN_TEXT, SECRET].some((marker) => value.includes(marker));
  return isKnown ? value : undefined;
}

/** A value, or another one in its place where reading it is an error: `@pulumi/policy` makes it one for what is not known at preview. */
export function readOr<Value, Other>(otherwise: Other, read: () => Value): Value | Other {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
