import { type ComposePath, formatPath } from "../../diagnostics/position";
import { unescapeDollars } from "../../model/interpolation";
import { SECTIONS } from "../../model/keys";
import { type ComposeEntry, type ComposeNode, isNull, plainValue } from "../../model/model";
import { ValidationContext } from "../../validate/context";
import { validateShape } from "../../validate/shape";
import type { ProjectDiagnostics } from "../diagnostics";
import { entryOf, type MappingNode, mappingNode, textOf, valueAt, withEntry } from "../nodes";

/** An item of `include` in long syntax. The paths are not resolved yet. */
export interface Inclusion {
  readonly paths: readonly string[];
  readonly projectDirectory?: string;
  readonly envFiles?: readonly string[];
  readonly location: ComposeNode;
  readonly path: ComposePath;
}

/** Reports errors in the shape of `include`. The loader then replaces `include` by the content of the files. */
export function validateInclude(document: MappingNode, collector: ProjectDiagnostics): void {
  const entry = document.entries.get("include");
  // As in Compose, an empty `include` includes nothing.
  if (entry === undefined || isNull(entry.node)) return;
  const alone = mappingNode(new Map([["include", entry]]), document.span);
  validateShape(new ValidationContext(alone, collector));
}

/** Returns the items of `include`. Items that are not valid are left out, because the schema reports them. */
export function inclusionsOf(root: ComposeNode): Inclusion[] {
  const include = valueAt(root, "include");
  if (include?.kind !== "sequence") return [];
  return include.items.flatMap((item, index) => {
    const paths = texts(item.kind === "mapping" ? settingOf(item, "path") : item);
    if (paths.length === 0) return [];
    const directory = textOf(settingOf(item, "project_directory"));
    const envFiles = texts(settingOf(item, "env_file"));
    return [
      {
        paths,
        ...(directory === undefined || directory === "" ? {} : { projectDirectory: unescapeDollars(directory) }),
        ...(envFiles.length === 0 ? {} : { envFiles }),
        location: item.kind === "mapping" ? (settingOf(item, "path") ?? item) : item,
        path: ["include", index],
      },
    ];
  });
}

/** Returns the value of a key. Compose also accepts the key in capital letters, although the schema reports it. */
function settingOf(item: ComposeNode, key: string): ComposeNode | undefined {
  if (item.kind !== "mapping") return undefined;
  const [, entry] = [...item.entries].find(([written]) => written.toLowerCase() === key) ?? [];
  return valueAt(item, key) ?? entry?.node;
}

function texts(node: ComposeNode | undefined): string[] {
  const items = node?.kind === "sequence" ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [unescapeDollars(text)];
  });
}

/** Merges two values at a path. `over` is the later value. */
type Merge = (base: ComposeNode, over: ComposeNode, path: ComposePath) => ComposeNode;

/**
 * Adds the services and resources of an included document to the including document. If both declare a name with
 * different content, the two contents are merged, and the including document wins. A diagnostic reports the name,
 * because older releases of Docker Compose refuse the project.
 */
export function importInto(
  document: MappingNode,
  imported: ComposeNode,
  { location }: Inclusion,
  collector: ProjectDiagnostics,
  merge: Merge,
): MappingNode {
  let result = document;
  for (const section of SECTIONS) {
    const from = valueAt(imported, section);
    if (from?.kind !== "mapping") continue;
    const into = valueAt(result, section);
    // The schema reports a section that is not a mapping.
    if (into !== undefined && into.kind !== "mapping" && !isNull(into)) continue;
    const entries = new Map<string, ComposeEntry>(into?.kind === "mapping" ? into.entries : []);
    for (const [name, entry] of from.entries) {
      const taken = entries.get(name);
      if (taken === undefined) entries.set(name, entry);
      else if (JSON.stringify(plainValue(taken.node)) !== JSON.stringify(plainValue(entry.node))) {
        const where = collector.sources.file(entry.keySpan) ?? "an included file";
        const ofInclude = collector.sources.file(taken.keySpan) !== collector.sources.file(location.span);
        const path = [section, name];
        collector.add(
          "LYC2506",
          `${formatPath(path)} is declared in ${where}, too, which is included: both are merged`,
          {
            span: ofInclude ? location.span : taken.keySpan,
            path,
          },
        );
        entries.set(name, { ...taken, node: merge(entry.node, taken.node, path) });
      }
    }
    result = withEntry(result, section, mappingNode(entries, into?.span ?? entryOf(from).keySpan));
  }
  return result;
}
