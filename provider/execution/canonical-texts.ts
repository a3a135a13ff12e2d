import { type ComposeMapping, canonicalText, readCompose } from "../compose";

/** How many characters of texts and canonical forms are kept: those of some 700 documents of 300 lines. */
const KEPT_CHARACTERS = 12_000_000;

const kept = new Map<string, string>();
let characters = 0;

/**
 * The canonical form of a compose text; a text that cannot be read counts as it is.
 *
 * One command asks for it up to four times per text (check, diff of new and old inputs, create), and reading a text is by
 * far the dearest thing the provider does by itself: what was asked for last is kept.
 */
export function canonicalOf(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const read = readCompose(text);
  return read.kind === "document" ? keep(text, canonicalText(read.model)) : text;
}

/** Notes the canonical form of a text that has just been read, so that it is not read again. */
export function noteRead(text: string, model: ComposeMapping): void {
  if (!kept.has(text)) keep(text, canonicalText(model));
}

/** The oldest go first. */
function keep(text: string, canonical: string): string {
  kept.set(text, canonical);
  characters += text.length + canonical.length;
  for (const [oldest, form] of kept) {
    if (characters <= KEPT_CHARACTERS) break;
    kept.delete(oldest);
    characters -= oldest.length + form.length;
  }
  return canonical;
}
