import { withEscapes } from "../display/hidden";

/** Where a value stands in a compose document: keys of mappings and indices of sequences, outermost first. */
export type ComposePath = readonly (string | number)[];

/** Of a longer key only so many characters are shown. */
export const longestShownKey = 60;
const plainKey = /^[A-Za-z0-9_][A-Za-z0-9_$-]*$/;

/**
 * A key that is safe to print: as it is when it is an ordinary word, else quoted, with control characters escaped and
 * cut to 60 characters.
 */
export function printableKey(key: string): string {
  if (plainKey.test(key) && key.length <= longestShownKey) return key;
  const shown = key.length > longestShownKey ? `${key.slice(0, longestShownKey)}…` : key;
  return withEscapes(JSON.stringify(shown));
}

/** A path in words: `services.web.ports[0]`; a key that is no ordinary word is quoted: `services["a.b"]`. */
export function formatPath(path: ComposePath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else {
      const key = printableKey(step);
      if (key.startsWith('"')) text += `[${key}]`;
      else text += text === "" ? key : `.${key}`;
    }
  }
  return text;
}
