import * as pulumi from "@pulumi/pulumi";
import { FILES_ARGUMENTS, FILES_OUTPUT_NAMES } from "../provider/schema";
import type { StoredFilesArgs } from "./args.generated";

/** The inputs that the provider adds after it has read the local files. */
const MADE = ["mountPath", "hash", "fileCount", "bytes", "__files", "__defaultPrefix"];

/**
 * Returns the arguments as inputs, with the names of all outputs, because a resource receives only the outputs that its
 * class names.
 */
export function fileInputs(args: StoredFilesArgs): pulumi.Inputs {
  return { ...Object.fromEntries(FILES_OUTPUT_NAMES.map((name) => [name, undefined] as const)), ...args };
}

/**
 * Returns the resource options in the form that the engine needs. A replacement deletes the old resource first, because
 * both resources have the same files in the bucket.
 *
 * @throws {pulumi.RunError} LYC4002
 */
export function fileOptions(name: string, opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  if (opts.deleteBeforeReplace === false) {
    throw new pulumi.RunError(
      `LYC4002: ${name}: deleteBeforeReplace cannot be false. The new resource has the same files in the bucket as the old one. Leave the option out.`,
    );
  }
  const { ignoreChanges, ...others } = opts;
  if (ignoreChanges === undefined) return { ...others, deleteBeforeReplace: true };
  const ignored = new Set(
    ignoreChanges.flatMap((path): readonly string[] => (path === "*" ? FILES_ARGUMENTS : [path])),
  );
  // The provider reads the files at each check. To ignore changes of the files, the engine must also ignore the inputs
  // that the provider makes from them.
  if (ignored.has("source")) for (const made of MADE) ignored.add(made);
  return { ...others, deleteBeforeReplace: true, ignoreChanges: [...ignored] };
}

/**
 * Throws if the options contain `import` or `id`.
 *
 * @throws {pulumi.RunError} LYC6014
 */
export function refuseFilesImport(name: string, opts: pulumi.CustomResourceOptions): void {
  if (opts.import === undefined && opts.id === undefined) return;
  throw new pulumi.RunError(
    `LYC6014: ${name}: A bucket does not show which files a program has put there. Declare the resource without the options import and id: files that the bucket has with the same content are not sent again.`,
  );
}
