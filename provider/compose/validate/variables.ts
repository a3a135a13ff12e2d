import { type BrokenVariable, holdsVariable, type Piece, Template, type Variable } from "../interpolation";
import { unknownMarker } from "../text";

/** Whether a text holds something that is not known yet: what it will be is for nobody to validate. */
export function hasUnknown(text: string): boolean {
  return text.includes(unknownMarker);
}

/** Whether something else will stand in a text before it is used: a variable, or what is not known yet. */
export function hasVariables(text: string): boolean {
  return hasUnknown(text) || holdsVariable(text);
}

const mostVariables = 10_000;

/**
 * The variables of a text that matter when none of them is set: a default is used, and a replacement is not. What
 * Compose refuses matters everywhere. The first 10 000 of them.
 */
export function variablesIn(text: string): (Variable | BrokenVariable)[] {
  const found: (Variable | BrokenVariable)[] = [];
  const template = new Template(text);
  const collect = (isUsed: boolean, piece?: Piece): void => {
    for (const part of template.parts(piece)) {
      if (found.length >= mostVariables) return;
      if (part.kind === "text") continue;
      if (isUsed || part.kind === "broken" || part.when === "required") found.push(part);
      if (part.kind === "variable" && part.argument) collect(isUsed && part.when === "default", part.argument);
    }
  };
  collect(true);
  return found;
}
