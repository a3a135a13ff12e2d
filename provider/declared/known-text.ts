import { UNKNOWN_TEXT } from "../pulumi/wire-forms";

/** What the engine reports in place of a secret. */
export const SECRET = "[secret]";

/** The text of a declared input; undefined where it is not a text, secret, or not known at preview. */
export function knownText(value: unknown): string | undefined {
  const isKnown = typeof value === "string" && ![UNKNOWN_TEXT, SECRET].some((marker) => value.includes(marker));
  return isKnown ? value : undefined;
}
