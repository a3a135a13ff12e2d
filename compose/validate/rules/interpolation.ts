import { printableKey } from "../../diagnostics/position";
import type { ValidationContext } from "../context";
import { children, type Location, stringAt, variablesIn } from "../location";

/**
 * Reports variables of a Compose text that are not valid, or that are not set where the text runs. There, only
 * `variables` are set: the machine does not have the variables of the user's shell.
 */
export function validateVariables(context: ValidationContext, variables: ReadonlySet<string>): void {
  const visited = new Set<unknown>();
  const waiting: Location[] = [context.root];
  for (let location = waiting.pop(); location !== undefined; location = waiting.pop()) {
    if (visited.has(location.node)) continue;
    visited.add(location.node);
    const text = stringAt(location);
    if (text !== undefined) validateText(context, location, text, variables);
    // Values are taken from the end of `waiting`, in the order of the text. The order matters: one diagnostic reports
    // all uses of a variable without a value, at the first use.
    for (const found of [...children(location)].reverse()) waiting.push(found);
  }
}

function validateText(
  context: ValidationContext,
  location: Location,
  text: string,
  variables: ReadonlySet<string>,
): void {
  const { span } = location.node;
  const written = context.text.slice(span.start, span.end);
  let from = 0;
  for (const variable of variablesIn(text, variables)) {
    if (variable.kind === "variable" && variables.has(variable.name)) continue;
    const piece = text.slice(variable.start, variable.end);
    // The search is for the variable alone, because folding and escapes may have changed the text around it.
    const at = written.indexOf(piece, from);
    if (at !== -1) from = at + 1;
    const details = at === -1 ? {} : { span: { start: span.start + at, end: span.start + at + piece.length } };
    if (variable.kind === "broken") {
      context.addAt("LYC2310", location, "holds a variable that is not closed or has no name", details);
    } else if (variable.isUnused) {
      const message = `needs Docker Compose 5.0.2 or later: older releases also require variables that the text does not use, such as ${printableKey(variable.name)}`;
      context.addAt("LYC2113", location, message, details);
    } else if (variable.when === "required") {
      const message = `needs the variable ${printableKey(variable.name)}, which is not set where the run happens`;
      context.addAt("LYC2309", location, message, details);
    } else if (variable.when === "plain") {
      const message = `holds the variable ${printableKey(variable.name)}, which is empty where the run happens`;
      context.addAt("LYC2308", location, message, { ...details, about: variable.name });
    }
  }
}
