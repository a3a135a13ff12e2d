import { type ComposeMapping, type Diagnostic, LARGEST_COMPOSE_TEXT, validateCompose } from "../../compose";
import { bundleText } from "../../compose/project";
import { documentSecrets, rulesOfProject, rulesOfText } from "../../provider/compose-rules";
import { unmarkedVariables } from "../../provider/secrets";
import { type Surface, UsageError } from "../command";
import { type ValidationResult, withoutSecrets } from "../reports/validation-result";
import type { NamedProject } from "./project-options";

/**
 * Returns the path of a text that belongs to no folder: the standard input, a pipe or a device. Undefined for files and
 * folders.
 */
export function textPath({ paths: [path, ...others] }: NamedProject, surface: Surface): string | undefined {
  return others.length === 0 && isStream(path, surface) ? path : undefined;
}

/** Returns true if a path is the standard input or a stream, such as a pipe, and neither a file nor a folder. */
export function isStream(path: string, surface: Surface): boolean {
  return path === "-" || surface.stat(path) === "stream";
}

/** Validates a single text that cannot refer to files, such as the argument `composeFileCode`. */
export function validateText(path: string, project: NamedProject, surface: Surface): ValidationResult {
  const { variables, images, envFiles, profiles, job, diagnostics: choices, executionType, root, localFiles } = project;
  const needFiles = { "--root": root, "--variable-file": envFiles, "--local-files": localFiles };
  const [ofFiles] = Object.entries(needFiles).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (ofFiles !== undefined)
    throw new UsageError(`${ofFiles} needs a project of files: this is one text, which cannot name files`);
  // Reads one byte more than is accepted, to find out whether the text is too large.
  const read = surface.read(path, LARGEST_COMPOSE_TEXT + 1);
  if (read.kind === "error") throw new UsageError(`${path} ${read.reason}`);
  const file = path === "-" ? "<stdin>" : path;
  const run = {
    ...(executionType === undefined ? {} : { executionType }),
    ...(job === undefined ? {} : { job }),
  };
  const given = new Set(variables.keys());
  const { diagnostics, lines, document, names } = validateCompose(read.bytes, {
    ...rulesOfText({ ...run, variables: given, givesImages: images.size > 0 }),
    file,
    diagnostics: choices,
    variables: given,
  });
  const secrets = documentSecrets([lines], [...variables.values()], names);
  const shown = (all: typeof diagnostics) => withoutSecrets(withoutJobsKey(all), () => lines, secrets);
  const jobs = job === undefined ? jobsIn(document?.model) : [];
  const result = { files: [file], diagnostics: shown(diagnostics), linesOf: () => lines, secrets, jobs };
  const failed = document === undefined || diagnostics.some(({ severity }) => severity === "error");
  if (failed || (variables.size === 0 && images.size === 0 && profiles.length === 0 && job === undefined))
    return result;
  // The text must also fit the size limit after its variables are replaced by their values.
  const bundled = bundleText(document.text, {
    variables: unmarkedVariables(variables),
    images: unmarkedVariables(images),
    profiles,
    ...(job === undefined ? {} : { job }),
    diagnostics: choices,
    ...rulesOfProject(run),
  });
  const found = bundled.diagnostics.map((diagnostic) => ({ ...diagnostic, file }));
  return { ...result, diagnostics: shown(found) };
}

/** Returns the names of the jobs in a model of a project. */
export function jobsIn(model: ComposeMapping | undefined): readonly string[] {
  return Object.keys(model?.jobs ?? {});
}

/**
 * Leaves out the warning that older releases of Docker Compose do not know the key `jobs`. The provider sends a
 * job as a service, so Docker Compose never reads this key.
 */
export function withoutJobsKey(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code, path }) => !(code === "LYC2113" && path === "jobs"));
}
