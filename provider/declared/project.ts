import { unknownMarker } from "../compose";
import type { BundleOptions, ProjectFiles, VariableValue } from "../compose/project";
import { type DeclaredInputs, isMap } from "./document";
import { knownText, readOr } from "./known-text";

/** Where the Compose projects of executions are looked for, and what they may inherit. */
export interface ProjectFolder {
  /** The folder of the Pulumi project, which `composeFile` starts from; absolute. */
  readonly folder: string;
  readonly files: ProjectFiles;
  /** A variable of the environment that the program runs in. */
  readonly variable: (name: string) => string | undefined;
}

/**
 * The project that `composeFile` of an execution names, as `check` puts it together; undefined where it is not known at preview which one that is.
 * The variables count as secret: nobody shows a policy which of them are, and none of them is written out in a file.
 */
export function projectOptions(inputs: DeclaredInputs, { folder, variable }: ProjectFolder): BundleOptions | undefined {
  const { composeRoot, envFiles, localFiles, profiles } = inputs;
  const [paths, root, env, active] = [inputs.composeFile, composeRoot, envFiles, profiles].map(textsOf);
  if (paths === undefined || root === undefined || env === undefined || active === undefined) return undefined;
  return {
    paths,
    from: folder,
    ...(root[0] === undefined ? {} : { root: root[0] }),
    ...(envFiles === undefined ? {} : { envFiles: env }),
    ...(localFiles === "inline" ? { localFiles } : {}),
    profiles: active,
    variables: new Map([...inherited(inputs, variable), ...variablesOf(inputs)]),
  };
}

/** The variables that a program gives. One that is not known may be anything. */
export function variablesOf({ variables }: DeclaredInputs): Map<string, VariableValue> {
  const names = isMap(variables) ? Object.keys(variables) : [];
  return new Map(
    names.flatMap((name) => {
      const value = readOr(unknownMarker, () => isMap(variables) && variables[name]);
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return [];
      return [[name, { text: knownText(String(value)) ?? unknownMarker, secret: true }]];
    }),
  );
}

function inherited(
  { inheritEnvironment }: DeclaredInputs,
  variable: ProjectFolder["variable"],
): readonly (readonly [string, VariableValue])[] {
  return (textsOf(inheritEnvironment) ?? []).flatMap((name) => {
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
