import { onlyNear } from "../../diagnostics/nearest";
import { printableKey } from "../../diagnostics/position";
import type { ProjectDiagnostics } from "../diagnostics";
import type { VariableLookup, VariableValue } from "./template";

/**
 * The shortest variable name that is compared with other names, in characters. Shorter names that differ in one letter
 * are often different names.
 */
const SHORTEST_COMPARED = 3;

/** A lookup that records which variables the files of a project use. */
export interface NotedLookup {
  readonly lookup: VariableLookup;
  /** The used variables, and whether each variable has a value. */
  readonly used: ReadonlyMap<string, boolean>;
}

/** Makes a lookup that records the name of each variable for which it is called. */
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

/** Matches variables that Docker Compose itself reads, such as `COMPOSE_PROFILES`. */
const OF_COMPOSE = /^COMPOSE_/;

/**
 * Reports each variable of the caller that no file uses, if its name is one typing error away from a used variable
 * without a value. The diagnostic is only a warning, because the caller may use one set of variables for several
 * projects.
 *
 * @param used the variables that the Compose files and the env files of services use, each with `true` if it has a
 * value
 * @param usedByEnvFiles the variables that the env files of the project use; whether they have a value is not known
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
