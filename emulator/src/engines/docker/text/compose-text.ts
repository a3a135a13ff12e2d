import { PlainScalar, TaggedValue } from "./compose-values";

/** The longest text in characters, after aliases are replaced by their values. */
const LONGEST = 32 * 1024 * 1024;

/**
 * Writes values as the text for Compose. The text is one line of printable ASCII, with braces. All strings except those
 * of a {@link PlainScalar} are in quotes.
 *
 * Compose never receives the user's text, because two YAML readers may disagree about the end of a line, about
 * comments, and about a quoted `<<`. They cannot disagree about a text in this form.
 *
 * @throws if the text is too long
 */
export function composeText(value: unknown): string {
  let left = LONGEST;
  const written = (part: string): string => {
    left -= part.length;
    if (left < 0) throw new Error("it is too large when it is written out");
    return part;
  };
  const textOf = (item: unknown): string => {
    if (item instanceof PlainScalar) return written(item.source);
    if (item instanceof TaggedValue) return `${item.tag} ${textOf(item.value)}`;
    if (Array.isArray(item)) return `${written("[")}${item.map(textOf).join(", ")}]`;
    if (typeof item === "object" && item !== null) {
      const entries = Object.entries(item).map(([key, under]) => `${written(quoted(key))}: ${textOf(under)}`);
      return `${written("{")}${entries.join(", ")}}`;
    }
    if (typeof item === "string") return written(quoted(item));
    return written(typeof item === "number" ? number(item) : String(item ?? null));
  };
  return textOf(value);
}

/** Returns a text in double quotes. Escapes everything except printable ASCII, so that the text has no line end. */
function quoted(text: string): string {
  const escaped = text.replace(/["\\]|[^ -~]/gu, (sign) => {
    if (sign === '"' || sign === "\\") return `\\${sign}`;
    const code = sign.codePointAt(0) ?? 0;
    // Half of a surrogate pair is not a character, and every reader would refuse it.
    if (code >= 0xd800 && code <= 0xdfff) return "\\ufffd";
    const digits = code.toString(16);
    return code > 0xffff ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}
