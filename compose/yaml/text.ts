import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import type { Span } from "../diagnostics/position";

/** The largest size of a Compose text, in bytes of UTF-8 (1 MB). */
export const LARGEST_COMPOSE_TEXT = 1_048_576;

/**
 * The marker for a part of a text that is not known yet, such as an output of a resource that does not exist yet. The
 * marker is random, so that no ordinary text contains it.
 */
export const UNKNOWN_MARKER = "c1c72ff8-ebab-4286-825e-c7db6712c040";

/**
 * Matches characters that a YAML text may contain only with an escape: control characters, single surrogates, and
 * characters that YAML readers read differently.
 */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/gu;

/** Characters that are line breaks for Compose's YAML reader, but ordinary characters in YAML 1.2. */
const LINE_BREAKS: Readonly<Record<number, string>> = {
  133: "next line",
  8232: "line separator",
  8233: "paragraph separator",
};
const BYTE_ORDER_MARK = 0xfeff;
const AMBIGUOUS = /[\u0085\u2028\u2029\ufeff]/g;

/** Whether a text is too large to be read. */
export function isTooLarge(text: string): boolean {
  // The bytes of most texts need not be counted, because a UTF-16 code unit takes one to three bytes of UTF-8.
  if (text.length > LARGEST_COMPOSE_TEXT) return true;
  return text.length > LARGEST_COMPOSE_TEXT / 3 && new TextEncoder().encode(text).length > LARGEST_COMPOSE_TEXT;
}

/**
 * Decodes UTF-8. Returns `undefined` if the bytes are not valid UTF-8. Keeps a byte order mark only if `keepsMark` is
 * true.
 */
export function decodeUtf8(bytes: Uint8Array, keepsMark = false): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepsMark }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reports forbidden characters, except a byte order mark at the beginning of the text. Of forbidden characters next to
 * each other, only the first is reported.
 */
export function checkCharacters(text: string, collector: DiagnosticCollector): void {
  for (const { code, name, span } of runsOf(text, FORBIDDEN)) {
    if (code >= 0xd800 && code <= 0xdfff) {
      collector.add("LYC2004", `${name} is half of a surrogate pair`, { span });
    } else if (isAmbiguous(code)) {
      collector.add("LYC2016", ambiguity(code, name), { span });
    } else if (code === 0) {
      collector.add("LYC2003", "the text holds a NUL character; it is binary, or was saved as UTF-16", { span });
    } else {
      collector.add("LYC2003", `the control character ${name} is not allowed in YAML`, { span });
    }
  }
}

/** Returns the characters of an env file that not all programs read in the same way, each with a message. */
export function ambiguousCharacters(text: string): { readonly message: string; readonly span: Span }[] {
  return runsOf(text, AMBIGUOUS).map(({ code, name, span }) => ({ message: ambiguity(code, name), span }));
}

function isAmbiguous(code: number): boolean {
  return code === BYTE_ORDER_MARK || LINE_BREAKS[code] !== undefined;
}

function ambiguity(code: number, name: string): string {
  return code === BYTE_ORDER_MARK
    ? `${name} (byte order mark) may only be the first character of a text`
    : `${name} (${LINE_BREAKS[code]}) ends a line for Compose, and for other readers it does not`;
}

/**
 * Returns the first character of each sequence of neighbouring characters that match. If every character were returned,
 * a binary file would cause thousands of diagnostics.
 */
function runsOf(
  text: string,
  pattern: RegExp,
): { readonly code: number; readonly name: string; readonly span: Span }[] {
  const runs = [];
  let last = -2;
  for (const { 0: character, index } of text.matchAll(pattern)) {
    const continues = index === last + 1;
    const code = character.charCodeAt(0);
    if (code === BYTE_ORDER_MARK && index === 0) continue;
    last = index;
    if (continues) continue;
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    runs.push({ code, name, span: { start: index, end: index + 1 } });
  }
  return runs;
}
