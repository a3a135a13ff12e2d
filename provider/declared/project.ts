import { unknownMarker } from "../compose";
import type { BundleOptions, ProjectFiles, VariableValue } from "../compose/project";
import { type DeclaredInputs, isMap } from "./document";
import { knownText, readOr } from "./known-text";
import { programFolder } from "./program-folder";

/** Where the Compose projects of executions are looked for, and what they may inherit. */
export interface ProjectFolder {
  /** The folder of the Pulumi project, absolute: locations are shown from it. */
  readonly folder: string;
  readonly files: ProjectFiles;
  /** A variable of the environment that the program runs in. */
  readonly variable: (name: string) => string | undefined;
}

/**
 * The project that `composeFile` of an execution names, as `check` puts it together; undefined where it is not known at preview which one that is.
 * The variables count as secret: nobody shows a policy which of them are, and none of them is written out in a file.
 */
export function projectOptions(
  inputs: DeclaredInputs,
  { folder, files, variable }: ProjectFolder,
): BundleOptions | undefined {
  const { composeRoot, envFiles, localFiles, profiles, inheritEnvironment } = inputs;
  const [paths, root, env, active] = [inputs.composeFile, composeRoot, envFiles, profiles].map(textsOf);
  const names = textsOf(inheritEnvironment);
  const variables = variablesOf(inputs);
  if (paths === undefined || root === undefined || env === undefined || active === undefined) return undefined;
  if (names === undefined || variables === undefined) return undefined;
  return {
    paths,
    from: programFolder(folder, files),
    ...(root[0] === undefined ? {} : { root: root[0] }),
    ...(envFiles === undefined ? {} : { envFiles: env }),
    ...(localFiles === "inline" ? { localFiles } : {}),
    profiles: active,
    variables: new Map([...inherited(names, variable), ...variables]),
  };
}

/**
 * The variables that a program gives: one that is not known may be anything. Undefined where not even their names are known; where reading them
 * is an error, as in a pack, that error reaches Pulumi, which validates the resource at the update.
 */
export function variablesOf(inputs: DeclaredInputs): Map<string, VariableValue> | undefined {
  const { variables } = inputs;
  if (variables !== undefined && !isMap(variables)) return undefined;
  const names = variables === undefined ? [] : Object.keys(variables);
  return new Map(
    names.flatMap((name) => {
      const value = readOr(unknownMarker, () => variables?.[name]);
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return [];
      return [[name, { text: knownText(String(value)) ?? unknownMarker, secret: true }]];
    }),
  );
}

/**
 * Reads every variable that a program gives: in a pack, one that is not known at preview is an error to read. Pulumi then shows a warning, and validates
 * the resource at the update.
 */
export function readVariables({ variables }: DeclaredInputs): void {
  if (isMap(variables)) Object.values(variables);
}

function inherited(
  names: readonly string[],
  variable: ProjectFolder["variable"],
): readonly (readonly [string, VariableValue])[] {
  return names.flatMap((name) => {
    const text = variable(name);
    return text === undefined ? [] : [[name, { text, secret: true }] as const];
  });
}

/** The texts of an input that is a text, a list of texts, or absent; undefined where one of them is not known. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const given = value === undefined ? [] : [value].flat();
  const texts = given.flatMap((one) => knownText(one) ?? []);
  return texts.length === given.length ? texts : undefined;
}
