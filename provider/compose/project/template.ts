import { Braces } from "../braces";
import { variableNameAt } from "../variable-name";

/** The value of a variable; `undefined` when it is not set. */
export type VariableLookup = (name: string) => VariableValue | undefined;

/** A variable's value, and whether it may be shown. */
export interface VariableValue {
  readonly text: string;
  readonly secret: boolean;
}

/** What is wrong with a piece of a text: `start` and `end` are offsets in it. */
export type TemplateError =
  | { readonly kind: "broken"; readonly start: number; readonly end: number }
  | { readonly kind: "required" | "unset"; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: "large"; readonly start: number; readonly end: number };

/** A text with its variables put in. */
export interface Substituted {
  readonly text: string;
  /** Whether a secret variable went into it. */
  readonly secret: boolean;
  readonly errors: readonly TemplateError[];
}

/** A text may grow to so many characters. */
export const largestSubstitution = 1_048_576;

const deepestDefault = 20;

/**
 * Puts variables into a text as Compose does: `$NAME`, `${NAME}`, and with or without the colon `${NAME:-default}`,
 * `${NAME:?message}`, `${NAME:+replacement}`; `$$` is a dollar sign, and a dollar sign before anything else is just one.
 * A default is read even if it is not used, so an error in it is one. Never throws; time is linear in text and
 * result.
 */
export function substitute(text: string, lookup: VariableLookup): Substituted {
  if (!text.includes("$")) return { text, secret: false, errors: [] };
  const run = new Substitution(text, lookup);
  return { text: run.part(0, text.length, 0), secret: run.secret, errors: run.errors };
}

class Substitution {
  secret = false;
  readonly errors: TemplateError[] = [];
  private produced = 0;
  private large = false;
  private readonly braces: Braces;

  constructor(
    private readonly source: string,
    private readonly lookup: VariableLookup,
  ) {
    // Every brace in between counts.
    this.braces = new Braces(source, false);
  }

  part(from: number, to: number, depth: number): string {
    const { source } = this;
    let result = "";
    let at = from;
    for (;;) {
      const dollar = source.indexOf("$", at);
      if (dollar === -1 || dollar >= to) return result + source.slice(at, to);
      result += source.slice(at, dollar);
      const next = source[dollar + 1];
      if (next === "$" && dollar + 1 < to) {
        result += "$";
        at = dollar + 2;
      } else if (next === "{" && dollar + 1 < to) {
        const [value, end] = this.braced(dollar, to, depth);
        result += value;
        at = end;
      } else {
        const found = variableNameAt(source, dollar + 1);
        const variable = found?.name.slice(0, to - dollar - 1) ?? "";
        at = dollar + 1 + variable.length;
        if (variable === "") result += "$";
        else if (found?.isAmbiguous) this.errors.push({ kind: "broken", start: dollar, end: at });
        else result += this.value(variable, dollar, at);
      }
    }
  }

  private braced(start: number, to: number, depth: number): readonly [value: string, end: number] {
    const { source } = this;
    const close = this.braces.closing(start + 1, to);
    const named = variableNameAt(source, start + 2);
    const variable = named?.name;
    const afterName = start + 2 + (variable?.length ?? 0);
    const operator = /^:?[-?+]/.exec(source.slice(afterName, afterName + 2))?.[0] ?? "";
    const from = afterName + operator.length;
    const broken =
      close === -1 ||
      variable === undefined ||
      named?.isAmbiguous === true ||
      from > close ||
      (operator === "" && from !== close) ||
      depth > deepestDefault ||
      // Compose reads a default to the end of its line at most.
      (operator !== "" && source.slice(from, close).includes("\n"));
    if (broken) {
      const end = close === -1 ? start + 2 : close + 1;
      this.errors.push({ kind: "broken", start, end });
      return ["", end];
    }
    const end = close + 1;
    if (operator === "") return [this.value(variable, start, end), end];
    const [secretBefore, other] = [this.secret, this.part(from, close, depth + 1)];
    const found = this.lookup(variable);
    const counts = found !== undefined && !(operator.startsWith(":") && found.text === "");
    const uses = operator.endsWith("+") ? counts : operator.endsWith("-") && !counts;
    // What an unused default holds does not go into the text.
    if (!uses) this.secret = secretBefore;
    if (operator.endsWith("?") && !counts) {
      this.errors.push({ kind: "required", name: variable, start, end });
      return ["", end];
    }
    if (uses) return [other, end];
    return [found === undefined ? "" : this.take(found, start, end), end];
  }

  private value(variable: string, start: number, end: number): string {
    const found = this.lookup(variable);
    if (found !== undefined) return this.take(found, start, end);
    this.errors.push({ kind: "unset", name: variable, start, end });
    return "";
  }

  private take(found: VariableValue, start: number, end: number): string {
    this.produced += found.text.length;
    if (this.produced > largestSubstitution) {
      if (!this.large) this.errors.push({ kind: "large", start, end });
      this.large = true;
      return "";
    }
    this.secret ||= found.secret;
    return found.text;
  }
}

/** A text as it has to be written so that Compose reads it back as it is. */
export function escapeDollars(text: string): string {
  return text.includes("$") ? text.replaceAll("$", "$$$$") : text;
}

/** What Compose reads when a text without variables was written with `escapeDollars`. */
export function unescapeDollars(text: string): string {
  return text.includes("$$") ? text.replaceAll("$$", "$") : text;
}
