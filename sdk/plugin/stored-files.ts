import type * as pulumi from "@pulumi/pulumi";
import { FILES_TOKEN, FILES_TYPE } from "../../provider/schema/type-tokens";
import type { StoredFilesArgs } from "../args.generated";
import { checkConstructor } from "../arguments/constructor-arguments";
import { fileInputs, fileOptions, refuseFilesImport } from "../file-options";
import { FilesResource } from "../outputs.generated";

/**
 * Files of the program that are stored in the account's bucket. The provider plugin manages this resource, and not the
 * dynamic provider. `Pulumi.yaml` has to name the plugin.
 *
 * A stack can move from the class of the package's main entry point to this class. The files are not sent again.
 *
 * @example
 * ```ts
 * import { StoredFiles } from "pulumi-lyceum/plugin";
 * const data = new StoredFiles("data", { source: "data" });
 * export const hash = data.hash;
 * ```
 */
export class StoredFiles extends FilesResource {
  /** Whether a value is a {@link StoredFiles} of the plugin, created by any copy of the package. */
  static override isInstance(value: unknown): value is StoredFiles {
    return (value as { __pulumiType?: unknown } | undefined)?.__pulumiType === FILES_TOKEN;
  }

  /**
   * Declares files in the bucket.
   *
   * @param name Name of the resource. The default of `prefix` contains the name.
   * @param args Arguments. A preview reports errors in the known arguments (LYC4010), and stores no files.
   * @param opts Resource options.
   */
  constructor(name: string, args: StoredFilesArgs, opts: pulumi.CustomResourceOptions = {}) {
    checkConstructor("StoredFiles", name, args, opts);
    refuseFilesImport(name, opts);
    super(FILES_TOKEN, name, fileInputs(args), {
      ...fileOptions(name, opts),
      // With this alias, a stack that moves from the dynamic provider to the plugin keeps the resource.
      aliases: [...(Array.isArray(opts.aliases) ? opts.aliases : []), { type: FILES_TYPE }],
    });
  }
}
