import type { Answer, Release } from "./docker-compose";
import { isMap, type Json } from "./json";
import { normalized } from "./normalize";

/** A difference between the results of this package and of Compose. */
export type Difference =
  | { readonly kind: "refused here"; readonly reason: string }
  | { readonly kind: "refused by Compose"; readonly reason: string }
  | { readonly kind: "model"; readonly path: readonly string[]; readonly ours?: Json; readonly theirs?: Json };

/**
 * Returns all differences. If only one side refuses a project, each reason is a difference. `root` is the folder to
 * which the paths of the project belong. Default: its parent folder.
 */
export function differencesOf(
  ours: Answer,
  theirs: Answer,
  folder: string,
  context: { readonly root?: string; readonly release?: Release } = {},
): Difference[] {
  if (!ours.accepted && !theirs.accepted) return [];
  if (!ours.accepted) return ours.reasons.map((reason) => ({ kind: "refused here", reason }));
  if (!theirs.accepted) return theirs.reasons.map((reason) => ({ kind: "refused by Compose", reason }));
  return unequal(
    normalized(ours.model, folder, "us", context),
    normalized(theirs.model, folder, "compose", context),
    [],
  );
}

function unequal(ours: Json | undefined, theirs: Json | undefined, path: readonly string[]): Difference[] {
  if (isMap(ours) && isMap(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
    return keys.flatMap((key) => unequal(ours[key], theirs[key], [...path, key]));
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((item, index) => unequal(item, theirs[index], [...path, String(index)]));
  }
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
  return [
    { kind: "model", path, ...(ours === undefined ? {} : { ours }), ...(theirs === undefined ? {} : { theirs }) },
  ];
}

/** Describes a difference in one line. */
export function inWords(difference: Difference): string {
  if (difference.kind !== "model") return `${difference.kind}: ${difference.reason}`;
  const { path, ours, theirs } = difference;
  const shown = (value: Json | undefined) => (value === undefined ? "nothing" : JSON.stringify(value).slice(0, 200));
  return `${path.join(".")}: ours ${shown(ours)}, Compose's ${shown(theirs)}`;
}
