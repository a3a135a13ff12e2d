import { Braces } from "../braces";
import { unknownMarker } from "../text";
import { variableNameAt } from "../variable-name";

/** A variable in a text, or what looks like one and is not. */
export type Variable =
  | {
      readonly kind: "variable";
      readonly name: string;
      /** `default`: it has a text for when it is not set. `required`: it must be set. `replacement`: `${A:+b}`. */
      readonly when: "plain" | "default" | "required" | "replacement";
      /** Offsets in the text. */
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "broken"; readonly start: number; readonly end: number };

/** Whether a text holds something that is not known yet: what it will be is for nobody to validate. */
export function hasUnknown(text: string): boolean {
  return text.includes(unknownMarker);
}

/** Whether something else will stand in a text before it is used: a variable, or what is not known yet. */
export function hasVariables(text: string): boolean {
  if (hasUnknown(text)) return true;
  return text.includes("$") && /\$(?:\{|[A-Za-z_\u017f\u212a])/.test(text.replaceAll("$$", ""));
}

/**
 * The variables of a text as Compose reads them: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`,
 * `${NAME:+replacement}`, each also without the colon; `$$` is a dollar sign. A default may hold variables itself, and
 * those count only when the default is used, so they are listed, too. The first 10 000 of them.
 */
export function variablesIn(text: string): Variable[] {
  const found: Variable[] = [];
  scan({ text, braces: new Braces(text, true), found }, 0, text.length, 0);
  return found;
}

/** A text that is looked through. */
interface Search {
  readonly text: string;
  readonly braces: Braces;
  readonly found: Variable[];
}

const deepestDefault = 20;
const mostVariables = 10_000;

function scan(search: Search, from: number, to: number, depth: number): void {
  const { text, found } = search;
  let at = text.indexOf("$", from);
  while (at !== -1 && at < to && found.length < mostVariables) {
    let next = at + 1;
    if (text[next] === "$") next += 1;
    else if (text[next] === "{") next = braced(search, at, to, depth);
    else {
      const { name = "", isAmbiguous } = variableNameAt(text, next) ?? {};
      next += name.length;
      // A dollar sign before anything else is just one: `$(date)`, `$1`.
      if (isAmbiguous) found.push({ kind: "broken", start: at, end: next });
      else if (name !== "") found.push({ kind: "variable", name, when: "plain", start: at, end: next });
    }
    at = text.indexOf("$", next);
  }
}

function braced(search: Search, start: number, to: number, depth: number): number {
  const { text, braces, found } = search;
  const close = braces.closing(start + 1, to);
  const { name, isAmbiguous } = variableNameAt(text, start + 2) ?? {};
  if (close === -1 || name === undefined || isAmbiguous || depth > deepestDefault) {
    const end = close === -1 ? start + 2 : close + 1;
    found.push({ kind: "broken", start, end });
    return end;
  }
  const afterName = start + 2 + name.length;
  const rest = text.slice(afterName, close);
  const operator = /^:?[-?+]/.exec(rest)?.[0];
  if (operator === undefined && rest !== "") {
    found.push({ kind: "broken", start, end: close + 1 });
    return close + 1;
  }
  const sign = operator?.at(-1);
  const when = sign === "-" ? "default" : sign === "?" ? "required" : sign === "+" ? "replacement" : "plain";
  found.push({ kind: "variable", name, when, start, end: close + 1 });
  // No variable is set, so a default is used and a replacement is not.
  if (when === "default") scan(search, afterName + (operator?.length ?? 0), close, depth + 1);
  return close + 1;
}
