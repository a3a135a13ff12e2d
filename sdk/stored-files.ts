import * as pulumi from "@pulumi/pulumi";
import { FILES_PROVIDER } from "../provider/hosts/dynamic/provider-code";
import { FILES_TYPE } from "../provider/schema/type-tokens";
import type { StoredFilesArgs } from "./args.generated";
import { fileInputs, fileOptions, refuseFilesImport } from "./file-options";
import { assertInstalled } from "./installed";
import { FilesResource } from "./outputs.generated";
import { currentScope } from "./scope";

/**
 * Files of the program that are kept in the account's bucket, for runs that start with `enableS3Mount: true`. A preview sends
 * nothing and names the files that would be sent. An update sends only what differs. Deleting removes what was stored, and never a
 * file that somebody else has put there or changed since.
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
   * @param name Name of the resource; part of the default of `prefix`.
   * @param args Arguments; every error in them (LYC4010) is reported at preview, and nothing is sent.
   * @param opts Resource options. `ignoreChanges: ["source"]` ignores changes of the files; `retainOnDelete: true` leaves them in the
   *   bucket.
   */
  constructor(name: string, args: StoredFilesArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled();
    refuseFilesImport(name, opts);
    const own = {
      __provider: FILES_PROVIDER,
      __scope: currentScope().secret,
      // The provider receives neither name nor URN, and has another folder in programs that run inside another one.
      __resourceUrn: urnOf(name, opts.parent),
      __folder: process.cwd(),
    };
    super(FILES_TYPE, name, { ...fileInputs(args), ...own }, fileOptions(name, opts));
  }
}

/** The URN as a promise, as for a ComposeExecution: an output would make the resource depend on its parent. */
function urnOf(name: string, parent: pulumi.Resource | undefined): Promise<pulumi.URN> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, FILES_TYPE, parent).apply(resolve);
  });
}
