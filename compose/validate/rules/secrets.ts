import { plainValue } from "../../model/model";
import { type SecretContext, secretContextOf } from "../../model/secret-context";
import { argumentsBefore, type FoundSecret, MOST_ARGUMENTS } from "../../model/secret-rules";
import type { ValidationContext } from "../context";
import { children, isMarkedSecret, type Location, stringAt, textAt } from "../location";

const FOR_OTHERS = "which everybody sees who can read the text or the run's record";
const CODES = { form: "LYC2601", named: "LYC2602", random: "LYC2603" } as const;
const SURENESS = ["form", "named", "random", "ordinary"] as const;

/**
 * Reports secrets such as keys and passwords, unless the whole text is secret. Each value has at most one diagnostic,
 * about the most certain secret in it.
 */
export function validateSecrets(context: ValidationContext): void {
  if (context.secret) return;
  const all = secretContextOf(plainValue(context.root.node));
  const visited = new Set<unknown>();
  const waiting: Location[] = [context.root];
  for (let location = waiting.pop(); location !== undefined; location = waiting.pop()) {
    if (visited.has(location.node)) continue;
    visited.add(location.node);
    if (location.node.kind === "scalar") validateText(context, location, all);
    else for (const found of children(location)) waiting.push(found);
  }
}

function validateText(context: ValidationContext, location: Location, all: SecretContext): void {
  const text = textAt(location);
  if (text === undefined || isMarkedSecret(location)) return;
  const place = { key: keyOf(location), before: argumentsOf(location), ...all };
  const found = [...context.secretRules.secretsIn(text, place)].sort(bySureness)[0];
  if (found === undefined || found.certainty === "ordinary") return;
  const { span } = location.node;
  // If folding or escapes have changed the secret, the whole value is underlined.
  const at = context.text.slice(span.start, span.end).indexOf(text.slice(found.start, found.end));
  const start = span.start + at;
  const details = at === -1 ? {} : { span: { start, end: start + found.end - found.start } };
  const isValue = typeof location.step === "string" && found.start === 0 && found.end === text.length;
  const what = isValue && found.certainty === "named" ? "is a secret by its name" : `holds ${found.kind}`;
  context.addAt(CODES[found.certainty], location, `${what}, ${FOR_OTHERS}`, details);
}

function bySureness(one: FoundSecret, other: FoundSecret): number {
  return SURENESS.indexOf(one.certainty) - SURENESS.indexOf(other.certainty) || one.start - other.start;
}

/** Returns the key of a value. For an item of a list, returns the key of the list. */
function keyOf(location: Location | undefined): string | undefined {
  return typeof location?.step === "number" ? keyOf(location.parent) : location?.step;
}

/**
 * Returns the last items before an item of a list, joined to one text. An option among them, such as `--password`, can
 * show that the item is a secret. Returns undefined for the first item, and outside of lists.
 */
function argumentsOf({ step, parent }: Location): string | undefined {
  if (parent?.node.kind !== "sequence") return undefined;
  const index = Number(step);
  const from = Math.max(0, index - MOST_ARGUMENTS);
  const items = parent.node.items.slice(from, index).map((node) => stringAt({ node }));
  return argumentsBefore(items, index - from);
}
