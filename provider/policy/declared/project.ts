import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { UNKNOWN_MARKER } from "../../../compose";
import type { BundleOptions, ProjectFiles, VariableValue } from "../../../compose/project";
import { isMap, type Properties } from "../../schema";
import type { DeclaredInputs } from "./document";
import { knownText, readOr } from "./values";

/** The folder, the files and the environment in which a program declares Compose projects. */
export interface ProjectFolder {
  /** The absolute path of the Pulumi project's folder. Messages show locations relative to this folder. */
  readonly folder: string;
  readonly files: ProjectFiles;
  /** The value of a variable in the program's environment. */
  readonly variable: (name: string) => string | undefined;
}

/**
 * Returns the options for bundling the Compose project of an execution, as `check` does. Undefined if the project's
 * files are unknown at preview. A policy does not know which variables are secret. So all variables from the program
 * count as secret, and the search for plaintext secrets skips values that contain such a variable.
 */
export function projectOptions(
  inputs: DeclaredInputs,
  { folder, files, variable }: ProjectFolder,
): BundleOptions | undefined {
  const { composeRoot, envFiles, localFiles, profiles, inheritEnvironment, job } = inputs;
  const [paths, root, env, active, jobs] = [inputs.composeFile, composeRoot, envFiles, profiles, job].map(textsOf);
  const names = textsOf(inheritEnvironment);
  const variables = textsByName(inputs.variables);
  if (paths === undefined || root === undefined || env === undefined || active === undefined) return undefined;
  if (jobs === undefined) return undefined;
  if (names === undefined || variables === undefined) return undefined;
  return {
    paths,
    from: programFolder(folder, files),
    ...(root[0] === undefined ? {} : { root: root[0] }),
    ...(envFiles === undefined ? {} : { envFiles: env }),
    ...(localFiles === "inline" ? { localFiles } : {}),
    profiles: active,
    ...(jobs[0] === undefined ? { withoutJobs: true } : { job: jobs[0] }),
    variables: new Map([...inherited(names, variable), ...variables]),
    images: imagesByName(inputs),
  };
}

/**
 * Returns the images in the argument `images`, by its keys. Empty if the keys are unknown: the project is then bundled
 * without these images, because they do not decide which files the project has.
 */
export function imagesByName({ images }: DeclaredInputs): Map<string, VariableValue> {
  return textsByName(images) ?? new Map();
}

/**
 * Returns the values in the argument `variables` or `images`, by key. A marker replaces an unknown value. Undefined if
 * the keys are unknown.
 */
export function textsByName(given: unknown): Map<string, VariableValue> | undefined {
  if (given !== undefined && !isMap(given)) return undefined;
  const names = given === undefined ? [] : Object.keys(given);
  return new Map(
    names.flatMap((name) => {
      const value = readOr(UNKNOWN_MARKER, () => given?.[name]);
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return [];
      return [[name, { text: knownText(String(value)) ?? UNKNOWN_MARKER, secret: true }]];
    }),
  );
}

/**
 * Reads all variables and images, only to throw an error: in a policy pack, reading an unknown value throws. Pulumi
 * then shows a warning, and validates the resource at the update.
 */
export function readTextsByName({ variables, images }: DeclaredInputs): void {
  for (const given of [variables, images]) if (isMap(given)) Object.values(given);
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

/** The texts of an input, which may be a text, a list of texts, or absent. Undefined if one of the texts is unknown. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const given = value === undefined ? [] : [value].flat();
  const texts = given.flatMap((one) => knownText(one) ?? []);
  return texts.length === given.length ? texts : undefined;
}

const LARGEST_PROJECT_FILE = 1_048_576;
/**
 * The names of a Pulumi project file. If a folder has several of these files, Pulumi reads the first one of this list.
 */
export const PROJECT_FILES: readonly string[] = ["Pulumi.json", "Pulumi.yaml", "Pulumi.yml"];

/**
 * The folder in which Pulumi runs the program of a project. `composeFile` is relative to this folder. `main` in
 * `Pulumi.yaml` may name the folder, or a file in it. The default is the folder of `Pulumi.yaml`.
 */
export function programFolder(folder: string, files: ProjectFiles): string {
  const main = mainOf(folder, files);
  if (main === undefined || main === "") return folder;
  const path = resolve(folder, main);
  return files.stat(path) === "folder" ? path : dirname(path);
}

function mainOf(folder: string, files: ProjectFiles): string | undefined {
  const { main } = projectSettings(folder, files);
  return typeof main === "string" ? main : undefined;
}

/**
 * The settings in the Pulumi project file, such as `Pulumi.yaml`. Empty if the file is absent, cannot be read, or
 * contains no map.
 */
function projectSettings(folder: string, files: ProjectFiles): Properties {
  const name = PROJECT_FILES.find((file) => files.stat(resolve(folder, file)) === "file");
  const content = name === undefined ? undefined : files.read(resolve(folder, name), LARGEST_PROJECT_FILE);
  if (content?.kind !== "bytes") return {};
  try {
    const settings: unknown = parse(Buffer.from(content.bytes).toString());
    return isMap(settings) ? settings : {};
  } catch {
    // If `Pulumi.yaml` is not valid YAML, Pulumi itself reports this.
    return {};
  }
}

const MOST_SETTINGS_FILES = 10_000;

/** The names of the project's stacks that have a settings file, such as `Pulumi.prod.yaml`. */
export function stacksWithSettings(folder: string, files: ProjectFiles): readonly string[] {
  const { stackConfigDir: below } = projectSettings(folder, files);
  const listed = files.list(typeof below === "string" ? resolve(folder, below) : folder, MOST_SETTINGS_FILES);
  if (listed.kind !== "names") return [];
  return listed.names.flatMap((name) => /^Pulumi\.(.+)\.(?:yaml|yml|json)$/.exec(name)?.[1] ?? []);
}
