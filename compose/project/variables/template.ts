import type { Span } from "../../diagnostics/position";
import { type BrokenVariable, type Piece, Template, type Variable } from "../../model/interpolation";

/** Returns the value of a variable, or `undefined` if the variable is not set. */
export type VariableLookup = (name: string) => VariableValue | undefined;

/** The value of a variable, and whether it may be shown. */
export interface VariableValue {
  readonly text: string;
  readonly secret: boolean;
  /** Whether the value differs between machines, as the default value of `PWD` does. */
  readonly ofMachine?: boolean;
}

/** An error in the variables of a text, with its position. */
export type TemplateError =
  | BrokenVariable
  | (Span & ({ readonly kind: "required" | "unset"; readonly name: string } | { readonly kind: "large" }));

/** A text with its variables replaced. */
export interface Substituted {
  readonly text: string;
  /** Whether the text contains the value of a secret variable. */
  readonly secret: boolean;
  /** Whether the text contains the value of a variable that differs between machines. */
  readonly ofMachine: boolean;
  readonly errors: readonly TemplateError[];
}

/** The largest number of characters that variables may add to a text. */
export const LARGEST_SUBSTITUTION = 1_048_576;

/**
 * Replaces the variables of a text as Compose does. The argument of a variable may be unused, such as `${B}` in
 * `${A:-${B}}` if `A` is set. Variables in an unused argument may be unset, but must be valid. Never throws. Takes
 * linear time.
 */
export function substitute(text: string, lookup: VariableLookup): Substituted {
  if (!text.includes("$")) return { text, secret: false, ofMachine: false, errors: [] };
  const run = new Substitution(text, lookup);
  return { text: run.part(), secret: run.secret, ofMachine: run.ofMachine, errors: run.errors };
}

class Substitution {
  secret = false;
  ofMachine = false;
  readonly errors: TemplateError[] = [];
  private produced = 0;
  private large = false;
  private readonly template: Template;

  constructor(
    source: string,
    private readonly lookup: VariableLookup,
  ) {
    this.template = new Template(source);
  }

  part(piece?: Piece): string {
    let result = "";
    for (const part of this.template.parts(piece)) {
      if (part.kind === "text") result += part.text;
      else if (part.kind === "broken") this.errors.push(part);
      else result += part.argument === undefined ? this.value(part) : this.conditional(part, part.argument);
    }
    return result;
  }

  private conditional({ name, when, orEmpty, start, end }: Variable, argument: Piece): string {
    const [secretBefore, ofMachineBefore, errorsBefore] = [this.secret, this.ofMachine, this.errors.length];
    const other = this.part(argument);
    const found = this.lookup(name);
    const counts = found !== undefined && !(orEmpty && found.text === "");
    const uses = when === "replacement" ? counts : when === "default" && !counts;
    if (uses) return other;
    // The result does not contain this argument, because the argument is unused. So secrets in the argument do not make
    // the result secret, and variables in the argument may be unset.
    [this.secret, this.ofMachine] = [secretBefore, ofMachineBefore];
    const broken = this.errors.splice(errorsBefore).filter(({ kind }) => kind === "broken" || kind === "large");
    this.errors.push(...broken);
    if (when === "required" && !counts) this.errors.push({ kind: "required", name, start, end });
    else if (found !== undefined) return this.take(found, start, end);
    return "";
  }

  private value({ name, start, end }: Variable): string {
    const found = this.lookup(name);
    if (found !== undefined) return this.take(found, start, end);
    this.errors.push({ kind: "unset", name, start, end });
    return "";
  }

  private take(found: VariableValue, start: number, end: number): string {
    this.produced += found.text.length;
    if (this.produced > LARGEST_SUBSTITUTION) {
      if (!this.large) this.errors.push({ kind: "large", start, end });
      this.large = true;
      return "";
    }
    this.secret ||= found.secret;
    this.ofMachine ||= found.ofMachine === true;
    return found.text;
  }
}
