import { inline } from "../../../provider/display/markdown-text";
import { RESOURCE_ACTIONS, type ResourceStep } from "../stack/resources";
import { boundedTable, shortened, someOf } from "./table";

/** The words for a step, in the future and in the past. */
type Tense = "before" | "after";

const MOST = { rows: 100, characters: 16_000, of: "resource" };
const MOST_PROPERTIES = 5;
const LONGEST_PROPERTY = 60;

/** The table of all resources but executions; empty when nothing happens to them. */
export function resourceSections(resources: readonly ResourceStep[], tense: Tense): readonly string[] {
  const rows = resources.map(({ name, type, action, properties, result }) => {
    const names = properties.map((property) => shortened(property, LONGEST_PROPERTY));
    const isOpen = tense === "after" && result !== "done";
    return [name, type, isOpen ? `${action}: ${result}` : wordOf(action, tense), someOf(names, MOST_PROPERTIES)];
  });
  const columns = ["resource", "type", tense === "before" ? "what happens" : "done", "changed properties"];
  return boundedTable(columns, rows, MOST, (shown) => tally(resources.slice(shown)));
}

/** The number of steps for other resources: `2 deleted, 1 created`; empty without steps. */
export function tally(resources: readonly ResourceStep[]): string {
  const actions = [...new Set(resources.map(({ action }) => action))];
  return actions
    .map((action) => `${resources.filter((one) => one.action === action).length} ${wordOf(action, "after")}`)
    .join(", ");
}

/** The counts of all resources that Pulumi prints, the most important first. */
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
