import type * as pulumi from "@pulumi/pulumi";
import { FILES_TOKEN, FILES_TYPE } from "../../provider/schema/type-tokens";
import type { StoredFilesArgs } from "../args.generated";
import { fileInputs, fileOptions, refuseFilesImport } from "../file-options";
import { FilesResource } from "../outputs.generated";

/**
 * Files of the program that are kept in the account's bucket, managed by the provider plugin in place of the dynamic provider.
 * `Pulumi.yaml` has to name the plugin. A stack that used the class of the package's main entry point moves here, and sends nothing.
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
   * @param name Name of the resource; part of the default of `prefix`.
   * @param args Arguments; every error in them (LYC4010) is reported at preview, and nothing is sent.
   * @param opts Resource options.
   */
  constructor(name: string, args: StoredFilesArgs, opts: pulumi.CustomResourceOptions = {}) {
    refuseFilesImport(name, opts);
    super(FILES_TOKEN, name, fileInputs(args), {
      ...fileOptions(name, opts),
      // A stack of the dynamic provider moves here.
      aliases: [...(Array.isArray(opts.aliases) ? opts.aliases : []), { type: FILES_TYPE }],
    });
  }
}
