import { hidesShape, shapesInDocument } from "./find-shapes";
import type { TextSpan } from "./mark";
import { assignsSecret, isSecretName, namesSecret } from "./names";
import { findRandomWord } from "./random-word";

/** A secret in a text. `key`: its shape is one of the table's. `likely`: only chance writes so. */
export interface FoundSecret extends TextSpan {
  readonly kind: "key" | "likely";
}

/** The first key or password that is written out in a document: a shape of the table, else a long word that only chance writes. */
export function findSecret(text: string): FoundSecret | undefined {
  const [found] = shapesInDocument(text);
  if (found !== undefined) {
    // Of a key that spans lines its first one.
    const lineEnd = text.indexOf("\n", found.start);
    return { kind: "key", start: found.start, end: lineEnd === -1 ? found.end : Math.min(found.end, lineEnd) };
  }
  const word = findRandomWord(text);
  return word && { kind: "likely", ...word };
}

/** Whether a text holds what looks like a key or a password, also an encoded one. */
export function looksSecret(text: string): boolean {
  return findSecret(text) !== undefined || hidesShape(text);
}

/** An option of a command line that takes a secret, such as `--password`. */
const secretOption = /^--?([A-Za-z][\w-]{0,100})$/;

/**
 * Whether a value of a document looks as if it were secret: by its key, by its shape, or since a line of it gives a value
 * to a name that says so (`--password=…`, `api_key: …` in the content of a file).
 *
 * @param key the key that it stands under; absent in a list without one.
 * @param before the item before it in a list.
 */
export function isSecretValue(value: string, key?: string, before?: string): boolean {
  if (value === "") return false;
  if ((key !== undefined && isSecretName(key)) || looksSecret(value)) return true;
  const option = before === undefined ? undefined : secretOption.exec(before)?.[1];
  if (option !== undefined && isSecretName(option)) return true;
  return value.includes("\n") ? value.split("\n").some(namesSecret) : /[=:]/.test(value) && assignsSecret(value);
}
