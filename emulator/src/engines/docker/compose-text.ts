import { PlainScalar, TaggedValue } from "./compose-values";

/** A text that is written out may be this long, in characters: aliases can make a short one large. */
const LONGEST = 32 * 1024 * 1024;

/**
 * Values as the text that Compose gets: one line of printable ASCII, in braces, everything quoted but numbers.
 *
 * Compose never gets a user's own text. Two YAML readers differ on what ends a line, what a comment is, and what a quoted
 * `<<` means; in this form nothing is left to differ about.
 *
 * @throws when it is too long
 */
export function composeText(value: unknown): string {
  const parts: string[] = [];
  let length = 0;
  for (const part of partsOf(value)) {
    length += part.length;
    if (length > LONGEST) throw new Error("it is too large when it is written out");
    parts.push(part);
  }
  return parts.join("");
}

function* partsOf(value: unknown): Generator<string> {
  if (value instanceof PlainScalar) yield value.source;
  else if (value instanceof TaggedValue) {
    yield `${value.tag} `;
    yield* partsOf(value.value);
  } else if (Array.isArray(value)) {
    yield "[";
    for (const [index, item] of value.entries()) {
      if (index > 0) yield ", ";
      yield* partsOf(item);
    }
    yield "]";
  } else if (typeof value === "object" && value !== null) {
    yield "{";
    for (const [index, [key, item]] of Object.entries(value).entries()) {
      yield `${index > 0 ? ", " : ""}${quoted(key)}: `;
      yield* partsOf(item);
    }
    yield "}";
  } else if (typeof value === "string") yield quoted(value);
  else yield typeof value === "number" || typeof value === "bigint" ? number(value) : String(value ?? null);
}

/** In double quotes; whatever is not printable ASCII is escaped, so no reader sees a line end or a sign of another width. */
function quoted(text: string): string {
  const escaped = text.replace(/["\\]|[^ -~]/gu, (sign) => {
    if (sign === '"' || sign === "\\") return `\\${sign}`;
    const code = sign.codePointAt(0) ?? 0;
    // Half of a pair stands for no character, and no reader takes it.
    if (code >= 0xd800 && code <= 0xdfff) return "\\ufffd";
    const digits = code.toString(16);
    return code > 0xffff ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

function number(value: number | bigint): string {
  if (typeof value === "bigint" || Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}
