import { type ComposeMapping, canonicalText, readCompose } from "../compose";
import { TextCache } from "./text-cache";

/** Texts and canonical forms of some 700 documents of 300 lines. */
const kept = new TextCache<string>(12_000_000, (canonical) => canonical.length);

/** The canonical form of a compose text; a text that cannot be read counts as it is. */
export function canonicalOf(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const read = readCompose(text);
  return read.kind === "document" ? kept.keep(text, canonicalText(read.model)) : text;
}

/** Notes the canonical form of a text that has just been read, so that it is not read again. */
export function noteRead(text: string, model: ComposeMapping): void {
  if (kept.get(text) === undefined) kept.keep(text, canonicalText(model));
}
