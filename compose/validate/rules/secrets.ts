import type { ValidationContext } from "../context";
import { child, children, hasVariables, isMarkedSecret, type Location, stringAt, textAt } from "../location";

const FOR_OTHERS = "which everybody sees who can read the text or the run's record";

/** Keys and passwords in the text, if the text itself is not secret. */
export function validateSecrets(context: ValidationContext): void {
  if (context.secret) return;
  for (const { location: service } of context.services) {
    validateNames(context, child(service, "environment"));
    validateNames(context, child(child(service, "build"), "args"));
    for (const key of ["command", "entrypoint"]) validateArguments(context, child(service, key));
  }
  const visited = new Set<unknown>();
  const waiting: Location[] = [context.root];
  for (let location = waiting.pop(); location !== undefined; location = waiting.pop()) {
    if (visited.has(location.node)) continue;
    visited.add(location.node);
    if (location.node.kind === "scalar") validateText(context, location);
    else for (const found of children(location)) waiting.push(found);
  }
}

function validateText(context: ValidationContext, location: Location): void {
  const text = stringAt(location);
  if (text === undefined || isMarkedSecret(location)) return;
  const found = context.secretRules.findSecret(text);
  if (found === undefined) return;
  const { span } = location.node;
  // If folding or escapes have changed the text, the whole value is underlined.
  const at = context.text.slice(span.start, span.end).indexOf(text.slice(found.start, found.end));
  const start = span.start + at;
  const details = at === -1 ? {} : { span: { start, end: start + found.end - found.start } };
  if (found.kind === "key") context.addAt("LYC2601", location, `holds a key or a password, ${FOR_OTHERS}`, details);
  else context.addAt("LYC2602", location, `holds what looks like a key, ${FOR_OTHERS}`, details);
}

/** Arguments of a command that set an option to a secret value. */
function validateArguments(context: ValidationContext, command: Location | undefined): void {
  const { findSecret, givesSecret } = context.secretRules;
  const items = command?.node.kind === "scalar" ? [command] : children(command);
  for (const [index, location] of items.entries()) {
    const text = stringAt(location);
    if (text === undefined || isMarkedSecret(location) || findSecret(text) !== undefined) continue;
    if (!givesSecret(text, stringAt(items[index - 1]))) continue;
    context.addAt("LYC2602", location, `gives a secret to an option, ${FOR_OTHERS}`);
  }
}

/** Variables whose names show that they are secret. */
function validateNames(context: ValidationContext, variables: Location | undefined): void {
  const { findSecret, isSecretName } = context.secretRules;
  for (const location of children(variables)) {
    const text = textAt(location) ?? "";
    const sign = variables?.node.kind === "sequence" ? text.indexOf("=") : -1;
    if (variables?.node.kind === "sequence" && sign === -1) continue;
    const name = sign === -1 ? String(location.step) : text.slice(0, sign);
    const value = text.slice(sign + 1);
    if (!isSecretName(name) || !isWrittenOut(value) || isMarkedSecret(location) || findSecret(text) !== undefined)
      continue;
    context.addAt("LYC2602", location, `is a secret by its name, ${FOR_OTHERS}`);
  }
}

/** Whether a value is in the text itself: it is not empty, not a variable, and not the path of a file. */
function isWrittenOut(value: string): boolean {
  return value !== "" && !hasVariables(value) && !/^(?:true|false)$|^\.{0,2}(?:\/[\w.-]+)+$/.test(value);
}
