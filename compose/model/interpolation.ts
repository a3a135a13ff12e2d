import { printableKey, type Span } from "../diagnostics/position";
import { Braces } from "./braces";
import { OPTION_TEXTS } from "./option-texts";

/**
 * A part of a text with its offsets. `depth` is the number of variables around this part: in `${A:-${B:-x}}`, the depth
 * of `x` is 2.
 */
export interface Piece extends Span {
  readonly depth: number;
}

/** A text that starts like a variable but is not a valid variable. */
export interface BrokenVariable extends Span {
  readonly kind: "broken";
}

/** A variable in a text: `$NAME`, or `${NAME…}`. */
export interface Variable extends Span {
  readonly kind: "variable";
  readonly name: string;
  /**
   * The meaning of the operator after the name. `${A:-b}`: `default`. `${A:?b}`: `required`. `${A:+b}`: `replacement`.
   * Without an operator: `plain`.
   */
  readonly when: "plain" | "default" | "required" | "replacement";
  /** Whether an empty value counts as not set: true for an operator with a colon, such as `:-`. */
  readonly orEmpty: boolean;
  /** The text after the operator: a default, a message or a replacement. */
  readonly argument?: Piece;
}

/** Plain text, a variable, or a text that starts like a variable but is not valid. */
export type TemplatePart = { readonly kind: "text"; readonly text: string } | Variable | BrokenVariable;

const DEEPEST_DEFAULT = 20;

const KINDS = { "-": "default", "?": "required", "+": "replacement" } as const;

/**
 * Splits a text into variables and plain text, as Compose does. A variable is `$NAME` or `${NAME}`. Braces may also
 * contain a default (`${NAME:-default}`), a message (`${NAME:?message}`) or a replacement (`${NAME:+replacement}`). The
 * colon is optional. `$$` means a dollar sign. A `$` before any other character is plain text.
 */
export class Template {
  private braces: Braces | undefined;

  constructor(private readonly text: string) {}

  /** Returns the parts of the whole text. If `piece` is a variable's argument, returns the parts of this argument. */
  *parts(piece: Piece = { start: 0, end: this.text.length, depth: 0 }): Generator<TemplatePart> {
    const { text } = this;
    let at = piece.start;
    for (;;) {
      const dollar = text.indexOf("$", at);
      if (dollar === -1 || dollar >= piece.end) break;
      if (dollar > at) yield { kind: "text", text: text.slice(at, dollar) };
      if (text[dollar + 1] === "{") {
        const variable = this.inBraces(dollar, piece);
        at = variable.end;
        yield variable;
        continue;
      }
      const { name = "", isAmbiguous } = nameAt(text, dollar + 1) ?? {};
      at = dollar + 1 + name.length;
      if (isAmbiguous) yield { kind: "broken", start: dollar, end: at };
      else if (name !== "") yield { kind: "variable", name, when: "plain", orEmpty: false, start: dollar, end: at };
      else {
        yield { kind: "text", text: "$" };
        if (text[at] === "$") at += 1;
      }
    }
    if (at < piece.end) yield { kind: "text", text: text.slice(at, piece.end) };
  }

  private inBraces(start: number, { end: to, depth }: Piece): Variable | BrokenVariable {
    const { text } = this;
    this.braces ??= new Braces(text);
    const close = this.braces.closing(start + 1, to);
    const { name, isAmbiguous } = nameAt(text, start + 2) ?? {};
    if (close === -1 || name === undefined || isAmbiguous || depth > DEEPEST_DEFAULT) {
      return { kind: "broken", start, end: close === -1 ? start + 2 : close + 1 };
    }
    const end = close + 1;
    const afterName = start + 2 + name.length;
    if (afterName === close) return { kind: "variable", name, when: "plain", orEmpty: false, start, end };
    const [operator = "", colon, sign = ""] = /^(:?)([-?+])/.exec(text.slice(afterName, afterName + 2)) ?? [];
    const argument = { start: afterName + operator.length, end: close, depth: depth + 1 };
    // Compose refuses a line break in the text after the operator, for example in the default value.
    const isBroken = operator === "" || text.slice(argument.start, close).includes("\n");
    if (isBroken) return { kind: "broken", start, end };
    return {
      kind: "variable",
      name,
      when: KINDS[sign as keyof typeof KINDS],
      orEmpty: colon === ":",
      argument,
      start,
      end,
    };
  }
}

const VARIABLE_NAME = /[A-Za-z_\u017f\u212a][0-9A-Za-z_\u017f\u212a]*/y;

/**
 * Returns the name of a variable that starts at an offset, or `undefined`. A name with U+017F or U+212A is ambiguous.
 * Compose ignores case, and reads these characters as `s` and `k`. A program that accepts only ASCII letters ends the
 * name before such a character.
 */
function nameAt(text: string, offset: number) {
  VARIABLE_NAME.lastIndex = offset;
  const name = VARIABLE_NAME.exec(text)?.[0];
  return name === undefined ? undefined : { name, isAmbiguous: /[\u017f\u212a]/.test(name) };
}

/** Whether a text contains a variable. Any `${` counts, even if no valid variable follows. */
export function holdsVariable(text: string): boolean {
  for (let at = text.indexOf("$"); at !== -1; at = text.indexOf("$", at + 1)) {
    if (text[at + 1] === "$") at += 1;
    else if (text[at + 1] === "{" || nameAt(text, at + 1) !== undefined) return true;
  }
  return false;
}

/**
 * Whether a text contains a dollar sign that is not doubled. Such a text stays unchanged in the canonical form. States
 * record canonical forms, so never change this rule.
 */
export function holdsLoneDollar(text: string): boolean {
  return text.replaceAll("$$", "").includes("$");
}

/** Doubles the dollar signs of a text. Compose reads the original text from the result. */
export function escapeDollars(text: string): string {
  return text.includes("$") ? text.replaceAll("$", "$$$$") : text;
}

/** Replaces each doubled dollar sign by a single one, as Compose does. Reverses `escapeDollars`. */
export function unescapeDollars(text: string): string {
  return text.includes("$$") ? text.replaceAll("$$", "$") : text;
}

/**
 * Returns the message and the remedy for a value that is not valid because a variable is not set. The caller puts the
 * path of the value before the message.
 */
export function needsVariable(name: string): { readonly message: string; readonly remedy: string } {
  return { message: `needs the variable ${printableKey(name)}, which is not set`, remedy: setVariable(name) };
}

/** Returns the remedy for a required variable that is not set. */
export function setRequired(name: string): string {
  return `Give it a value: ${giving(name)}.`;
}

function giving(name: string): string {
  return `${OPTION_TEXTS.variables} ${name}: … }\``;
}

/** Returns the remedy for a variable that is not set. */
export function setVariable(name: string): string {
  return `Give it a value (${giving(name)}) or a default (\${${name}:-…}).`;
}
