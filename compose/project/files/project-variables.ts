import type { VariableLookup, VariableValue } from "../variables/template";
import { envEntries, type LocatedVariable } from "./env-files";
import type { ProjectFiles } from "./files";
import {
  envFilesOf,
  givenVariables,
  isProjectName,
  type NamedLocation,
  type ProjectLocation,
} from "./project-location";
import type { ProjectContext } from "./reader";

/** The function that looks up the project's variables, and the settings of Compose that these variables contain. */
export interface ProjectVariables {
  readonly lookup: VariableLookup;
  /** The value of `COMPOSE_PROJECT_NAME`. */
  readonly name?: VariableValue | LocatedVariable;
  /** The profiles in `COMPOSE_PROFILES`. Empty if the variable is not set. */
  readonly profiles: readonly string[];
  /** The names of the variables that occur in values of the project's env files, as in `A=${B}`. */
  readonly usedByEnvFiles: ReadonlySet<string>;
}

interface Context extends ProjectContext {
  readonly files: ProjectFiles;
  /** Returns the name of the project if `COMPOSE_PROJECT_NAME` is not set. */
  readonly nameOf: (lookup: VariableLookup) => string | undefined;
}

/**
 * Returns the variables of a project: the caller's variables, `PWD`, the variables of env files, and
 * `COMPOSE_PROJECT_NAME`. If `COMPOSE_FILE` names files in another folder, the `.env` of that folder is read too. As in
 * Compose, a variable in the `.env` of the folder that the caller named wins over it.
 */
export function projectVariables(
  options: NamedLocation,
  location: ProjectLocation,
  context: Context,
): ProjectVariables {
  const { reader, collector, files, nameOf } = context;
  const { folder, named } = location;
  const given = givenVariables(options, named);
  const usedByEnvFiles = new Set<string>();
  const read = (paths: readonly string[], known: VariableLookup) => {
    const lookup: VariableLookup = (name) => {
      usedByEnvFiles.add(name);
      return known(name);
    };
    return envEntries(paths, { reader, collector, mention: {}, lookup });
  };
  const first = read(envFilesOf(options, named, files), given);
  const known: VariableLookup = (name) => given(name) ?? first.get(name);
  const isElsewhere = folder !== named && options.envFiles === undefined;
  const second = isElsewhere ? read(envFilesOf(options, folder, files), known) : undefined;
  const declared: VariableLookup = (name) => known(name) ?? second?.get(name);

  const name = declared("COMPOSE_PROJECT_NAME");
  const isNamed = name !== undefined && name.text !== "";
  if (isNamed && !isProjectName(name.text)) {
    const message =
      "COMPOSE_PROJECT_NAME must hold lowercase letters, digits, `-` and `_` only, a letter or digit first";
    collector.add("LYC2108", message, "span" in name ? { span: (name as LocatedVariable).span } : {});
  }
  let own: VariableValue | undefined;
  const lookup: VariableLookup = (asked) => {
    if (asked !== "COMPOSE_PROJECT_NAME" || isNamed) return declared(asked);
    const text = own?.text ?? nameOf(declared);
    own = text === undefined ? undefined : { text, secret: false };
    return own;
  };
  const profiles =
    declared("COMPOSE_PROFILES")
      ?.text.split(",")
      .map((profile) => profile.trim()) ?? [];
  return { lookup, profiles, usedByEnvFiles, ...(isNamed ? { name } : {}) };
}
