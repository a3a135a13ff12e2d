import { readCompose } from "../compose";
import { TextCache } from "./text-cache";

/** A diff asks for those of the new and of the old text, and so does each delete. */
const kept = new TextCache<readonly string[]>(6_000_000, (texts) =>
  texts.reduce((characters, text) => characters + text.length, 0),
);

/** Every value in a secret compose text: whatever a container prints of them, or an answer repeats, is redacted. */
export function sensitiveTexts(composeText: string): readonly string[] {
  const known = kept.get(composeText);
  if (known !== undefined) return known;
  const read = readCompose(composeText);
  if (read.kind !== "document") return [];
  return kept.keep(composeText, [...new Set(textsIn(read.model).flatMap(withoutName))]);
}

function entriesOf(value: unknown): unknown[] {
  return value !== null && typeof value === "object" ? Object.values(value) : [];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return entriesOf(value).flatMap(textsIn);
}

/** A list entry `NAME=value` holds the value behind its sign. */
function withoutName(text: string): string[] {
  const sign = text.indexOf("=");
  const values = sign > 0 ? [text, text.slice(sign + 1)] : [text];
  // A container gets one dollar sign for two.
  return values.flatMap((value) => (value.includes("$$") ? [value, value.replaceAll("$$", "$")] : [value]));
}
