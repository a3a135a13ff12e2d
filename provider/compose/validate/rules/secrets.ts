import { findSecret, isSecretName } from "../../../secrets";
import type { JudgeContext } from "../context";
import { child, children, type Place, stringAt, textAt } from "../location";
import { hasVariables } from "../variables";

const forOthers = "which everybody can read who can read the text or the run's record";

/** Keys and passwords that stand in the text, where the text itself is not secret. */
export function judgeSecrets(context: JudgeContext): void {
  if (context.surroundings.secret === true) return;
  for (const { place: service } of context.services) {
    judgeNames(context, child(service, "environment"));
    judgeNames(context, child(child(service, "build"), "args"));
  }
  const seen = new Set<unknown>();
  const waiting: Place[] = [context.root];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (seen.has(place.node)) continue;
    seen.add(place.node);
    if (place.node.kind === "scalar") judgeText(context, place);
    else for (const found of children(place)) waiting.push(found);
  }
}

function judgeText(context: JudgeContext, place: Place): void {
  const text = stringAt(place);
  if (text === undefined || isMarked(place)) return;
  const found = findSecret(text);
  if (found === undefined) return;
  const { span } = place.node;
  // Folding and escapes may have changed it; then the whole value is pointed at.
  const at = context.text.slice(span.start, span.end).indexOf(text.slice(found.start, found.end));
  const start = span.start + at;
  const details = at === -1 ? {} : { span: { start, end: start + found.end - found.start } };
  if (found.kind === "key") context.addAt("LYC2601", place, `holds a key or a password, ${forOthers}`, details);
  else context.addAt("LYC2602", place, `holds what looks like a key, ${forOthers}`, details);
}

/** Variables whose names say that they are secret. */
function judgeNames(context: JudgeContext, variables: Place | undefined): void {
  for (const place of children(variables)) {
    const text = textAt(place) ?? "";
    const sign = variables?.node.kind === "sequence" ? text.indexOf("=") : -1;
    if (variables?.node.kind === "sequence" && sign === -1) continue;
    const name = sign === -1 ? String(place.step) : text.slice(0, sign);
    const value = text.slice(sign + 1);
    if (!isSecretName(name) || !isWrittenOut(value) || isMarked(place) || findSecret(text) !== undefined) continue;
    context.addAt("LYC2602", place, `is a secret by its name, ${forOthers}`);
  }
}

/** Not a variable, not nothing, and not the place of a file that holds it. */
function isWrittenOut(value: string): boolean {
  return value !== "" && !hasVariables(value) && !/^(?:true|false)$|^\.{0,2}(?:\/[\w.-]+)+$/.test(value);
}

/** Whether the program has said that the value is secret: it is then kept as one. */
function isMarked({ node }: Place): boolean {
  return node.kind === "scalar" && node.secret === true;
}
