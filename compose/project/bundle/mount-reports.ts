import { formatPath, printableKey } from "../../diagnostics/position";
import { isAbsolutePath } from "../../model/file-paths";
import type { ProjectContext } from "../files/reader";
import { type MappingNode, valueAt } from "../nodes";
import { isInImage } from "./build-context";
import type { LocalMount } from "./local-targets";

/** What the user can do about files that another mount hides. */
export const ELSEWHERE = "Put the files into the image, or mount them at another path.";
/** What the user can do about a missing file. */
export const MISSING_FILE =
  "Create the file, or correct the path. A file that a repository ignores is not in a fresh copy of it. Of a folder, write the path with `/` at its end.";
/** What the user can do about a folder that cannot become a volume. */
export const OWN_VOLUME = "Declare a volume under the top-level `volumes:`, and mount it.";

/** Adds diagnostics about local mounts. */
export class MountReports {
  constructor(
    readonly context: ProjectContext,
    private readonly declared: MappingNode,
  ) {}

  /** Reports that a mounted file or folder cannot be sent. */
  refuse({ source, span, path }: LocalMount, reason: string, remedy: string): undefined {
    const message = `${formatPath(path)} mounts ${printableKey(this.shown(source))}, which ${reason}`;
    this.context.collector.add("LYC2303", message, { span, path, remedy });
    return undefined;
  }

  /** Returns the source of a mount as messages show it. */
  shown(source: string): string {
    const { reader } = this.context;
    return isAbsolutePath(source) ? source : reader.shown(reader.resolve(reader.folder, source));
  }

  /**
   * Returns true if the image already has the mounted files at the path of the mount. The mount is then only for
   * development, and a diagnostic says so. In its message, `why` follows the source of the mount: it says why the files
   * are not sent.
   */
  isInImage({ source, target, span, path }: LocalMount, why: string): boolean {
    const { reader, collector } = this.context;
    const service = valueAt(valueAt(this.declared, String(path[0])), String(path[1]));
    const whole = reader.resolve(reader.folder, source);
    if (source.startsWith("~") || service?.kind !== "mapping" || !isInImage(whole, target, service, reader))
      return false;
    const message = `${formatPath(path)} mounts ${printableKey(this.shown(source))}, which ${why}: the run has what its image has there`;
    collector.add("LYC2314", message, { span, path });
    return true;
  }
}
