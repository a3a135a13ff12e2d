import * as pulumi from "@pulumi/pulumi";
import { FILES_PROVIDER } from "../provider/hosts/dynamic/provider-code";
import { FILES_TYPE } from "../provider/schema/type-tokens";
import type { StoredFilesArgs } from "./args.generated";
import { checkConstructor } from "./arguments/constructor-arguments";
import { fileInputs, fileOptions, refuseFilesImport } from "./file-options";
import { assertInstalled } from "./installed";
import { FilesResource } from "./outputs.generated";
import { currentScope } from "./scope";

/**
 * Files of the program that are stored in the account's bucket, for runs that start with `enableS3Mount: true`. A
 * preview names the files that an update would send, and sends nothing. An update sends only the files that differ from
 * the files in the bucket. Deleting the resource deletes the files that the resource has stored. Files in the bucket
 * stay if somebody else has added or changed them.
 *
 * @example
 * ```ts
 * import * as lyceum from "pulumi-lyceum";
 *
 * const data = new lyceum.StoredFiles("data", { source: "data", exclude: [".git"] });
 * new lyceum.ComposeExecution("train", {
 *   composeFile: "compose.yaml",
 *   enableS3Mount: true,
 *   variables: { DATA: data.mountPath },
 *   triggers: [data.hash],
 * });
 * ```
 */
export class StoredFiles extends FilesResource {
  /** Whether a value is a {@link StoredFiles}, created by any copy of the package. */
  static override isInstance(value: unknown): value is StoredFiles {
    return (value as { __pulumiType?: unknown } | undefined)?.__pulumiType === FILES_TYPE;
  }

  /**
   * Declares files in the bucket.
   *
   * @param name Name of the resource. The default of `prefix` contains the name.
   * @param args Arguments. A preview reports errors in the known arguments (LYC4010), and stores no files.
   * @param opts Resource options. `ignoreChanges: ["source"]` ignores changes of the files. With
   *   `retainOnDelete: true`, the files stay in the bucket when the resource is deleted.
   */
  constructor(name: string, args: StoredFilesArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled();
    checkConstructor("StoredFiles", name, args, opts);
    refuseFilesImport(name, opts);
    const own = {
      __provider: FILES_PROVIDER,
      __scope: currentScope().secret,
      // The provider needs the URN and the program's folder. But a dynamic provider does not receive the URN, and its
      // process may run in another folder.
      __resourceUrn: urnOf(name, opts.parent),
      __folder: process.cwd(),
    };
    super(FILES_TYPE, name, { ...fileInputs(args), ...secretMarks(args), ...own }, fileOptions(name, opts));
  }
}

/** Names of the properties whose values contain the prefix, or the file name of the source. */
const WITH_PATHS = ["mountPath", "__files", "__stored"];

/**
 * Returns inputs that are secret if the prefix or the source is secret. The inputs have no content, because the
 * provider replaces their values. The inputs are necessary, because the engine marks a returned value as secret only if
 * the program has passed a secret with the same name.
 */
function secretMarks({ prefix, source }: StoredFilesArgs): pulumi.Inputs {
  const secrets = [prefix, source].map((value) => pulumi.isSecret(pulumi.output(value)));
  const mark = Promise.all(secrets).then((found) => (found.includes(true) ? pulumi.secret("") : undefined));
  return Object.fromEntries(WITH_PATHS.map((name) => [name, mark]));
}

/** Returns the URN as a promise. With an output, the resource would depend on its parent. */
function urnOf(name: string, parent: pulumi.Resource | undefined): Promise<pulumi.URN> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, FILES_TYPE, parent).apply(resolve);
  });
}
