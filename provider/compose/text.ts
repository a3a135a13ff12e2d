import type { DiagnosticCollector } from "./diagnostic";

/** Largest compose text in bytes of UTF-8 that is accepted: 1 MB. */
export const largestComposeText = 1_048_576;

/**
 * What Pulumi puts in the place of a string that is not known yet. A text that holds it cannot be judged before the
 * real text is there.
 */
export const unknownMarker = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What YAML's readers refuse to see raw: control characters, and halves of a surrogate pair. */
const forbidden = /(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff\p{Surrogate}]/gu;

/** Whether a text is small enough to be read at all; measured before anything looks into it. */
export function isTooLarge(text: string): boolean {
  // A UTF-16 code unit is at least one byte of UTF-8, so most large texts need no counting.
  return text.length > largestComposeText || Buffer.byteLength(text, "utf8") > largestComposeText;
}

/** Decodes bytes of UTF-8; `undefined` when they are not UTF-8. A byte order mark is dropped. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a string holds half a surrogate pair, which no UTF-8 text can carry. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** Adds a fault for every run of characters that may not stand in a YAML text. */
export function checkCharacters(text: string, faults: DiagnosticCollector): void {
  let last = -2;
  for (const { 0: character, index } of text.matchAll(forbidden)) {
    // One fault for a run: a binary file would else be thousands of faults.
    const continues = index === last + 1;
    last = index;
    if (continues) continue;
    const code = character.charCodeAt(0);
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    const span = { start: index, end: index + 1 };
    if (code >= 0xd800 && code <= 0xdfff) {
      faults.add("LYC2004", `${name} is half of a surrogate pair`, { span });
    } else if (code === 0) {
      faults.add("LYC2003", "the text holds a NUL character; it is binary, or was saved as UTF-16", { span });
    } else {
      faults.add("LYC2003", `the control character ${name} is not allowed in YAML`, { span });
    }
  }
}
