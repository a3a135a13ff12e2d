import { unknownMarker } from "../text";

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

/** Whether a text holds something that is not known yet: what it will be is for nobody to judge. */
export function hasUnknown(text: string): boolean {
  return text.includes(unknownMarker);
}

const simple = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Whether something else will stand in a text before it is used: a variable, or what is not known yet. */
export function hasVariables(text: string): boolean {
  if (hasUnknown(text)) return true;
  return text.includes("$") && /\$(?:\{|[A-Za-z_])/.test(text.replaceAll("$$", ""));
}

/**
 * The variables of a text as Compose reads them: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`,
 * `${NAME:+replacement}`, each also without the colon; `$$` is a dollar sign. A default may hold variables itself, and
 * those count only when the default is used, so they are listed, too.
 */
export function variablesIn(text: string): Variable[] {
  const found: Variable[] = [];
  scan(text, 0, text.length, found, 0);
  return found;
}

const deepestDefault = 20;

function scan(text: string, from: number, to: number, found: Variable[], depth: number): void {
  let at = text.indexOf("$", from);
  while (at !== -1 && at < to) {
    let next = at + 1;
    if (text[next] === "$") next += 1;
    else if (text[next] === "{") next = braced(text, at, to, found, depth);
    else {
      simple.lastIndex = next;
      const name = simple.exec(text)?.[0];
      // A dollar sign before anything else is just one: `$(date)`, `$1`.
      if (name !== undefined) found.push({ kind: "variable", name, when: "plain", start: at, end: next + name.length });
      next += name?.length ?? 0;
    }
    at = text.indexOf("$", next);
  }
}

function braced(text: string, start: number, to: number, found: Variable[], depth: number): number {
  const close = closingBrace(text, start + 2, to);
  simple.lastIndex = start + 2;
  const name = simple.exec(text)?.[0];
  if (close === -1 || name === undefined || depth > deepestDefault) {
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
  if (when === "default") scan(text, afterName + (operator?.length ?? 0), close, found, depth + 1);
  return close + 1;
}

function closingBrace(text: string, from: number, to: number): number {
  let open = 1;
  for (let at = from; at < to; at += 1) {
    if (text[at] === "$" && text[at + 1] === "{") {
      open += 1;
      at += 1;
    } else if (text[at] === "}") {
      open -= 1;
      if (open === 0) return at;
    }
  }
  return -1;
}
