import { nearest } from "../../diagnostics/nearest";
import { printableKey } from "../../diagnostics/position";
import type { ProjectDiagnostics } from "../diagnostics";
import type { VariableLookup, VariableValue } from "./template";

/** The shortest name that is compared, in characters. Shorter names differ in one letter without being mistakes. */
const SHORTEST_COMPARED = 3;

/** A lookup that notes which variables the files of a project use, and whether they have a value. */
export interface NotedLookup {
  readonly lookup: VariableLookup;
  /** Whether each variable that the files use has a value. */
  readonly used: ReadonlyMap<string, boolean>;
}

/** Makes a lookup that notes the names of the variables. */
export function notedLookup(lookup: VariableLookup): NotedLookup {
  const used = new Map<string, boolean>();
  return {
    used,
    lookup: (name) => {
      const found = lookup(name);
      used.set(name, found !== undefined);
      return found;
    },
  };
}

/**
 * Reports variables of the caller that no file uses, but whose names are near to a variable without a value. With a
 * default in the file, such a mistake has no other effect than the wrong value.
 */
export function reportMisspeltVariables(
  given: ReadonlyMap<string, VariableValue>,
  used: ReadonlyMap<string, boolean>,
  collector: ProjectDiagnostics,
): void {
  const missing = [...used].flatMap(([name, hasValue]) => (hasValue || name.length < SHORTEST_COMPARED ? [] : [name]));
  for (const name of given.keys()) {
    if (used.has(name) || name.length < SHORTEST_COMPARED) continue;
    const meant = nearest(name, missing);
    if (meant === undefined) continue;
    const message = `no file uses the variable ${printableKey(name)}; did you mean ${printableKey(meant)}?`;
    collector.add("LYC2317", message, { path: ["variables", name] });
  }
}
