import { inline } from "../../../provider/display/markdown-text";
import { isWithin } from "../../../provider/policy/reviewed";
import { RESOURCE_ACTIONS, type ResourceStep } from "../stack/resources";
import { boundedTable, shortened, someOf } from "../table";

/** Whether the words for a step are in the future (`before`) or in the past (`after`). */
type Tense = "before" | "after";

const MOST = { rows: 100, characters: 16_000, of: "resource" };
const MOST_CHANGES = 5;
const LONGEST_PATH = 60;
const LONGEST_VALUE = 40;

/** Returns the table of all resources except executions; empty if none of them has a step. */
export function resourceSections(resources: readonly ResourceStep[], tense: Tense): readonly string[] {
  const rows = resources.map((resource) => {
    const { name, type, action, result } = resource;
    const isOpen = tense === "after" && result !== "done";
    // The action is in the first column, because names and types may be wider than a small screen.
    return [isOpen ? `${action}: ${result}` : wordOf(action, tense), name, changesOf(resource), type];
  });
  const columns = [tense === "before" ? "what happens" : "done", "resource", "changes", "type"];
  return boundedTable(columns, rows, MOST, (shown) => tally(resources.slice(shown)));
}

/**
 * Returns the changes of a resource, from the old to the new value. Changes that require a replacement come first. If
 * the value of a property is not reported, only the name of the property is shown.
 */
function changesOf({ properties, changes }: ResourceStep): string {
  const isListed = (path: string) => properties.some((property) => isWithin(path, property));
  const shown = [...changes.filter(({ path }) => isListed(path)), ...changes.filter(({ path }) => !isListed(path))];
  const alone = properties.filter((property) => !changes.some(({ path }) => isWithin(path, property)));
  const texts = shown.map(({ path, from, to }) => {
    if (from === null && to === null) return shortened(path, LONGEST_PATH);
    const [before, after] = [from, to].map((value) => (value === null ? "none" : oneLine(value)));
    return `${shortened(path, LONGEST_PATH)}: ${before} → ${after}`;
  });
  return someOf([...texts, ...alone.map((property) => shortened(property, LONGEST_PATH))], MOST_CHANGES, "; ");
}

function oneLine(value: string): string {
  return value === "" ? '""' : shortened(value.replace(/\s+/g, " "), LONGEST_VALUE);
}

/** Returns the number of resources for each action: `2 deleted, 1 created`; empty if there are none. */
export function tally(resources: readonly ResourceStep[]): string {
  const actions = [...new Set(resources.map(({ action }) => action))];
  return actions
    .map((action) => `${resources.filter((one) => one.action === action).length} ${wordOf(action, "after")}`)
    .join(", ");
}

/** Returns how many resources each of Pulumi's operations is about, the most important operation first. */
export function countsLine(counts: Readonly<Record<string, number>>, tense: Tense): readonly string[] {
  const ops = Object.keys(counts).filter((op) => (counts[op] ?? 0) > 0);
  if (ops.length === 0) return [];
  const order = [...Object.keys(RESOURCE_ACTIONS), "same"];
  const rank = (op: string) => (order.includes(op) ? order.indexOf(op) : order.length);
  const parts = ops
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map(
      (op) => `${counts[op]} ${op === "same" ? "unchanged" : tense === "before" ? `to ${op}` : wordOf(op, "after")}`,
    );
  return [`Pulumi counts all resources, also executions, providers and the stack itself: ${inline(parts.join(", "))}.`];
}

function wordOf(action: string, tense: Tense): string {
  return Object.hasOwn(RESOURCE_ACTIONS, action)
    ? RESOURCE_ACTIONS[action as keyof typeof RESOURCE_ACTIONS][tense]
    : action;
}
