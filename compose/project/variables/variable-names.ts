import { onlyNear } from "../../diagnostics/nearest";
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

/** Variables that Docker Compose reads itself, such as `COMPOSE_PROFILES`. No file needs to use them. */
const OF_COMPOSE = /^COMPOSE_/;

/**
 * Reports variables of the caller that no file uses, and whose names differ by one typing error from a variable without
 * a value. If the file has a default for that variable, the only effect of the mistake is a wrong value. Several
 * projects may share their variables, so a variable that no file uses is only a warning.
 *
 * @param used the variables that the Compose files and the env files of services use
 * @param usedByEnvFiles the variables that the env files of the project use
 */
export function reportMisspeltVariables(
  given: ReadonlyMap<string, VariableValue>,
  used: ReadonlyMap<string, boolean>,
  usedByEnvFiles: ReadonlySet<string>,
  collector: ProjectDiagnostics,
): void {
  const missing = [...used].flatMap(([name, hasValue]) => (hasValue ? [] : [name]));
  for (const name of given.keys()) {
    if (used.has(name) || usedByEnvFiles.has(name) || OF_COMPOSE.test(name)) continue;
    const meant = onlyNear(name, missing, { shortest: SHORTEST_COMPARED, most: 1 });
    if (meant === undefined) continue;
    const message = `no file uses the variable ${printableKey(name)}; did you mean ${printableKey(meant)}?`;
    collector.add("LYC2317", message, { path: ["variables", name] });
  }
}
