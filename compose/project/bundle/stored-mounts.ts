import { formatPath, printableKey } from "../../diagnostics/position";
import { cleanPath, isAbsolutePath } from "../../model/file-paths";
import { escapeDollars } from "../../model/interpolation";
import type { ComposeNode } from "../../model/model";
import { OPTION_TEXTS } from "../../model/option-texts";
import { resolve } from "../../paths";
import type { ProjectDiagnostics } from "../diagnostics";
import { mappingOf } from "../nodes";
import type { MountedPath, StoredMount, StoredMounts } from "../stored-paths";
import { type LocalMount, namesFile } from "./local-targets";
import type { MountReports } from "./mount-reports";

/** Collects the local paths that the services of a project mount. */
export class MountedPaths {
  private readonly byPath = new Map<string, MountedPath>();

  add({ path, kind, isWritten }: MountedPath): void {
    const known = this.byPath.get(path);
    this.byPath.set(path, { path, kind, isWritten: isWritten || known?.isWritten === true });
  }

  /** Returns the paths in the order in which they were first added. */
  get all(): readonly MountedPath[] {
    return [...this.byPath.values()];
  }
}

/** `stored` decides what happens to a mounted path. `mounted` collects the paths for which `stored` is called. */
export interface FileStore {
  readonly stored: StoredMounts;
  readonly mounted: MountedPaths;
}

/** How the files of a local mount reach the run. */
export type DecidedByStore =
  /**
   * The mounts in `items` replace the local mount. `inline` has the paths of files in a mounted folder that are sent
   * with the Compose text. `items` contains the local mount itself after an error, and while the decision is not known.
   */
  | { readonly kind: "items"; readonly items: readonly ComposeNode[]; readonly inline?: readonly string[] }
  /** All files are sent with the Compose text, if possible. `because` is the reason why they are not stored. */
  | { readonly kind: "inline"; readonly because?: string };

const INLINE: DecidedByStore = { kind: "inline" };

/** With `localFiles: "upload"`, decides how the files of a local mount reach the run. */
export function decidedByStore(
  mount: LocalMount,
  { stored, mounted }: FileStore,
  reports: MountReports,
): DecidedByStore {
  const { reader, collector } = reports.context;
  const { source, item, readOnly } = mount;
  if (isAbsolutePath(source)) return INLINE;
  const path = resolve(reader.folder, source);
  const kind = reader.stat(path);
  const becomesEmpty = kind === "missing" && !namesFile(mount) && mount.mayBeMissing;
  if (kind !== "file" && kind !== "folder" && !becomesEmpty) return INLINE;
  if (!reader.inside(path)) {
    reports.refuse(mount, "lies outside the project folder", OPTION_TEXTS.widerRoot);
    return { kind: "items", items: [item] };
  }
  if (reports.isInImage(mount, "its image is built from")) return { kind: "items", items: [] };
  mounted.add({ path, kind, isWritten: !readOnly });
  const answer = stored(path);
  switch (answer?.kind) {
    case "stored":
      return mountsOfStored(mount, answer, reports.shown(source), collector);
    case "refused":
      reports.refuse(mount, answer.reason, answer.remedy);
      return { kind: "items", items: [item] };
    case "inline":
      return answer;
    case undefined:
      return { kind: "items", items: [item] };
  }
}

/** Returns the mounts of stored files that replace a local mount. */
function mountsOfStored(
  mount: LocalMount,
  { source, isEmpty = false, losses, parts }: Extract<StoredMount, { kind: "stored" }>,
  shown: string,
  collector: ProjectDiagnostics,
): DecidedByStore {
  const { span, path, target } = mount;
  const without = losses === undefined ? "" : `, but not ${losses}`;
  const message = `${formatPath(path)} mounts ${printableKey(shown)}: the run has it in ${collector.textOf("store")}${without}`;
  collector.add("LYC2315", message, { span, path });
  const whole = cleanPath(target);
  if (parts === undefined) return { kind: "items", items: [bindOf(mount, source, whole, isEmpty)] };
  const above = whole === "/" ? "" : whole;
  const items = parts.mounted.map((below) =>
    bindOf(mount, `${source}/${below}`, `${above}/${escapeDollars(below)}`, false),
  );
  return { kind: "items", items, inline: parts.inline };
}

function bindOf({ item, readOnly }: LocalMount, source: string, target: string, mayBeMissing: boolean): ComposeNode {
  return mappingOf(
    {
      type: "bind",
      source: escapeDollars(source),
      target,
      ...(readOnly ? { read_only: true } : {}),
      bind: mappingOf({ create_host_path: mayBeMissing }, item.span),
    },
    item.span,
  );
}
