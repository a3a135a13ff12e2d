import { type ComposePath, formatPath } from "../diagnostics/position";
import { SECTIONS } from "../model/keys";
import { type ComposeMapping, type ComposeValue, isMapping } from "../model/model";
import { canonicalCompose } from "./canonical";

/**
 * The largest number of changes that are returned. If there are more changes, a last line has the number of the omitted
 * changes.
 */
const MOST_NAMED = 5;
/**
 * The largest number of keys that a line names below a service, such as the three of `deploy.resources.limits`. A
 * deeper change is reported at the third key.
 */
const DEEPEST_KEY = 3;

/**
 * Returns the changes of meaning between two models as lines: `image changed in services.worker`, `services.db added`.
 * If the models mean the same, the list is empty. The lines contain no values, because values may be secret.
 */
export function explainChange(before: ComposeMapping, after: ComposeMapping): string[] {
  const changes: string[] = [];
  compare(canonicalCompose(before), canonicalCompose(after), [], changes);
  if (changes.length <= MOST_NAMED) return changes;
  return [...changes.slice(0, MOST_NAMED), `and ${changes.length - MOST_NAMED} more`];
}

function compare(before: ComposeMapping, after: ComposeMapping, path: ComposePath, changes: string[]): void {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  for (const key of keys) {
    const here = [...path, key];
    if (!Object.hasOwn(before, key)) changes.push(phrase("added", here));
    else if (!Object.hasOwn(after, key)) changes.push(phrase("removed", here));
    else compareValues(before[key] ?? null, after[key] ?? null, here, changes);
  }
}

function compareValues(before: ComposeValue, after: ComposeValue, path: ComposePath, changes: string[]): void {
  if (same(before, after)) return;
  // The first two steps of a path name a service or a resource (`services.web`). `DEEPEST_KEY` counts only the steps
  // after these two.
  if (isMapping(before) && isMapping(after) && path.length < 2 + DEEPEST_KEY) compare(before, after, path, changes);
  else if (isSecretLeaf(before) || isSecretLeaf(after)) changes.push(`${formatPath(path)} (secret) changed`);
  else changes.push(phrase("changed", path));
}

/** The text in place of each secret of a masked model. A digest may follow the text. */
export const SECRET_MARK = "(secret)";

/** Whether a value stands for a masked secret. */
export function isSecretLeaf(value: unknown): boolean {
  return typeof value === "string" && value.startsWith(SECRET_MARK);
}

function same(before: ComposeValue, after: ComposeValue): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function phrase(what: "added" | "removed" | "changed", path: ComposePath): string {
  const [section = ""] = path;
  if (path.length <= 2 || !SECTIONS.includes(String(section))) return `${formatPath(path)} ${what}`;
  return `${formatPath(path.slice(2))} ${what} in ${formatPath(path.slice(0, 2))}`;
}
