import { printableKey } from "../../path";
import type { JudgeContext } from "../context";
import { child, children, type Place, stringAt } from "../location";
import { variablesIn } from "../variables";

/** Variables: nothing of the user's shell is set where the run happens. */
export function judgeVariables(context: JudgeContext): void {
  const seen = new Set<unknown>();
  const waiting: Place[] = [context.root];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const text = stringAt(place);
    if (text !== undefined) {
      if (text.includes("$")) judgeText(context, place, text);
      continue;
    }
    if (place.node.kind === "scalar" || seen.has(place.node)) continue;
    seen.add(place.node);
    for (const found of children(place)) waiting.push(found);
  }
  for (const { place } of context.services) judgeEnvironment(context, child(place, "environment"));
}

function judgeText(context: JudgeContext, place: Place, text: string): void {
  const { span } = place.node;
  const written = context.text.slice(span.start, span.end);
  let from = 0;
  for (const variable of variablesIn(text)) {
    if (variable.kind === "variable" && context.surroundings.variables?.has(variable.name)) continue;
    const piece = text.slice(variable.start, variable.end);
    // Folding and escapes may have changed the text around it, hardly the variable itself.
    const at = written.indexOf(piece, from);
    if (at !== -1) from = at + 1;
    const details = at === -1 ? {} : { span: { start: span.start + at, end: span.start + at + piece.length } };
    if (variable.kind === "broken") {
      context.addAt("LYC2310", place, "holds a variable that is not closed or has no name", details);
    } else if (variable.when === "required") {
      const words = `needs the variable ${printableKey(variable.name)}, which is not set where the run happens`;
      context.addAt("LYC2309", place, words, details);
    } else if (variable.when === "plain") {
      const words = `holds the variable ${printableKey(variable.name)}, which is empty where the run happens`;
      context.addAt("LYC2308", place, words, details);
    }
  }
}

/** A key of `environment` without a value takes it from the shell. */
function judgeEnvironment(context: JudgeContext, environment: Place | undefined): void {
  for (const place of children(environment)) {
    const text = stringAt(place);
    const inherited =
      environment?.node.kind === "mapping"
        ? place.node.kind === "scalar" && place.node.value === null
        : text !== undefined && !text.includes("=") && !text.includes("$");
    const name = environment?.node.kind === "mapping" ? String(place.step) : text;
    if (inherited && !context.surroundings.variables?.has(name ?? ""))
      context.addAt("LYC2308", place, "takes its value from the shell, and Lyceum does not have your shell variables");
  }
}
