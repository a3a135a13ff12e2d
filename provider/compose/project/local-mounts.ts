import { unescapeDollars } from "../interpolation";
import type { ComposeNode } from "../model";
import type { ComposePath } from "../path";
import type { Span } from "../position";
import { readVolume } from "../short-forms";
import { isYes, textOf, valueAt } from "./nodes";

/** A mount of a path of the project, in short or long syntax. */
export interface LocalMount {
  readonly item: ComposeNode;
  /** As it is written, dollar signs written once. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Whether Docker makes a folder where nothing is. */
  readonly mayBeMissing: boolean;
  /** Where a diagnostic about the source stands. */
  readonly span: Span;
  readonly path: ComposePath;
}

/** Reads a mount of a local path; `undefined` for any other mount. A path of the remote machine starts with `/`. */
export function localMount(item: ComposeNode, path: ComposePath): LocalMount | undefined {
  const mount = item.kind === "mapping" ? longMount(item, path) : shortMount(item, path);
  return mount === undefined || mount.source === "" || mount.source.startsWith("/") ? undefined : mount;
}

/**
 * Whether a mount of nothing looks like one of a file: by an ending such as `.conf`, or by a name such as `Caddyfile`. A path with a
 * slash at its end is one of a folder, and so is a name such as `conf.d`. One name on both sides says nothing: `./data:/data`.
 */
export function namesFile({ source, target }: Pick<LocalMount, "source" | "target">): boolean {
  const names = [source, target].map((path) => path.slice(path.lastIndexOf("/") + 1));
  if (names.some((name) => name === "" || name === "." || name === ".." || name.endsWith(".d"))) return false;
  return names.some((name) => /[^.]\.[A-Za-z]\w{0,9}$|^\.env$|[a-z]file$/.test(name));
}

function shortMount(item: ComposeNode, path: ComposePath): LocalMount | undefined {
  const read = readVolume(textOf(item) ?? "");
  if (typeof read === "string" || read.type !== "bind") return undefined;
  const { source, target, options } = read;
  const readOnly = options.includes("ro");
  return { item, source: unescapeDollars(source), target, readOnly, mayBeMissing: true, span: item.span, path };
}

function longMount(item: ComposeNode, path: ComposePath): LocalMount | undefined {
  const [source, target] = [valueAt(item, "source"), textOf(valueAt(item, "target"))];
  const written = textOf(source);
  if (textOf(valueAt(item, "type")) !== "bind" || source === undefined || written === undefined || !target)
    return undefined;
  const create = valueAt(valueAt(item, "bind"), "create_host_path");
  return {
    item,
    source: unescapeDollars(written),
    target,
    readOnly: isYes(valueAt(item, "read_only")),
    mayBeMissing: create === undefined || isYes(create),
    span: source.span,
    path: [...path, "source"],
  };
}
