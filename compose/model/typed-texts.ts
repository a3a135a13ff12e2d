import type { ComposePath } from "../diagnostics/position";
import { isDuration, isSize, splitWords } from "../short-forms";
import { unescapeDollars } from "./interpolation";
import { keysWith, type TextKind } from "./keys";
import { PatternTable } from "./patterns";

/** The types of numbers and booleans to which Compose converts a text. */
export type TextType = "integer" | "number" | "boolean";

/** The message and the remedy for a text that is not a value of the type. */
export const TEXT_TYPES: Readonly<Record<TextType, { readonly message: string; readonly remedy: string }>> = {
  integer: { message: "must be a whole number", remedy: "Write a whole number, such as `2`." },
  number: { message: "must be a number", remedy: "Write a number, such as `0.5`." },
  boolean: { message: "must be true or false", remedy: "Write `true` or `false`." },
};

const kinds = new PatternTable<TextKind>(keysWith("text"));

/**
 * Returns the kind of text that Compose expects at a path, such as a whole number, a size or a duration. Returns
 * `undefined` if any text may be there.
 */
export function textKindAt(path: ComposePath): TextKind | undefined {
  return kinds.at(path);
}

/**
 * Returns the type to which Compose converts the text at a path: a number or a boolean. Returns `undefined` if the
 * value stays a text.
 */
export function textTypeAt(path: ComposePath): TextType | undefined {
  const kind = textKindAt(path);
  return kind === "integer" || kind === "number" || kind === "boolean" ? kind : undefined;
}

/** Returns the number or the boolean that a text means. Returns `undefined` if the text is not a value of this type. */
export function valueOfText(text: string, type: TextType): number | boolean | undefined {
  if (type === "integer") return /^[-+]?[0-9]+$/.test(text) ? Number(text) : undefined;
  if (type === "number") {
    return /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[-+]?[0-9]+)?$/i.test(text) ? Number(text) : undefined;
  }
  if (isTrue(text)) return true;
  return /^(false|n|no|off)$/i.test(text) ? false : undefined;
}

/**
 * Returns the value of a large whole number that was written as a float. The reader of YAML stores `1e6` as the text
 * `1e+06`. Returns `undefined` for any text of another form.
 */
export function wholeFloat(text: string): number | undefined {
  const value = /^-?[0-9.]+e\+[0-9]+$/.test(text) ? Number(text) : undefined;
  return Number.isSafeInteger(value) ? value : undefined;
}

/**
 * Whether Compose accepts a float for a whole number at a path: `1e6` for a million. It refuses floats below `ulimits`.
 */
export function mayBeFloat(path: ComposePath): boolean {
  return !path.includes("ulimits", 2);
}

/** Returns a umask as a number, or `undefined` for any other text. A leading 0 makes the number octal, as in YAML. */
export function umaskOf(text: string): number | undefined {
  const [, octal, other] = /^(?:0o?([0-7]+)|(0x[0-9a-f]+|0b[01]+|0|[1-9][0-9]*))$/i.exec(text) ?? [];
  const value = octal === undefined ? Number(other) : Number.parseInt(octal, 8);
  return value < 2 ** 32 ? value : undefined;
}

/** Whether Compose reads a text as true. */
export function isTrue(text: string): boolean {
  return /^(true|y|yes|on)$/i.test(text);
}

/**
 * Whether Compose reads a text as a value of a kind. The texts `inf` and `nan` are numbers, although `valueOfText` does
 * not convert them.
 */
export function isTextOf(text: string, kind: TextKind): boolean {
  if (kind === "duration") return isDuration(text);
  if (kind === "size") return isSize(text);
  if (kind === "umask") return umaskOf(text) !== undefined;
  // `splitWords` expects single dollar signs.
  if (kind === "command") return splitWords(unescapeDollars(text)) !== undefined;
  return valueOfText(text, kind) !== undefined || (kind === "number" && /^([-+]?inf(inity)?|nan)$/i.test(text));
}
