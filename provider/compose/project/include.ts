import type { ComposeEntry, ComposeNode } from "../model";
import { plainValue } from "../model";
import { type ComposePath, formatPath } from "../path";
import { JudgeContext } from "../validate/context";
import { judgeShape } from "../validate/shape";
import type { ProjectFaults } from "./diagnostics";
import { entryOf, isNull, type MappingNode, mappingNode, textOf, valueAt, withEntry, withoutKeys } from "./nodes";
import { unescapeDollars } from "./template";

/** One entry of `include`, in its long form. Paths are as they are written. */
export interface Inclusion {
  readonly paths: readonly string[];
  readonly projectDirectory?: string;
  readonly envFiles: readonly string[];
  readonly place: ComposeNode;
  readonly path: ComposePath;
}

/** Tells what is wrong with the shape of `include`, which is gone once the files are there. */
export function judgeInclude(document: MappingNode, faults: ProjectFaults): void {
  const entry = document.entries.get("include");
  // To Compose, an `include` with nothing in it includes nothing.
  if (entry === undefined || isNull(entry.node)) return;
  const alone = mappingNode(new Map([["include", entry]]), document.span);
  judgeShape(new JudgeContext({ node: alone }, "", faults, {}));
}

/** Reads `include`; entries in no known form are told by their schema. */
export function inclusionsOf(root: ComposeNode): Inclusion[] {
  const include = valueAt(root, "include");
  if (include?.kind !== "sequence") return [];
  return include.items.flatMap((place, index) => {
    const paths = texts(place.kind === "mapping" ? settingOf(place, "path") : place);
    if (paths.length === 0) return [];
    const directory = textOf(settingOf(place, "project_directory"));
    return [
      {
        paths,
        ...(directory === undefined || directory === "" ? {} : { projectDirectory: unescapeDollars(directory) }),
        envFiles: texts(settingOf(place, "env_file")),
        place: place.kind === "mapping" ? (settingOf(place, "path") ?? place) : place,
        path: ["include", index],
      },
    ];
  });
}

/** Compose reads these keys in capitals, too; that they should not be is told by their schema. */
function settingOf(place: ComposeNode, key: string): ComposeNode | undefined {
  if (place.kind !== "mapping") return undefined;
  const [, entry] = [...place.entries].find(([written]) => written.toLowerCase() === key) ?? [];
  return valueAt(place, key) ?? entry?.node;
}

function texts(node: ComposeNode | undefined): string[] {
  const items = node?.kind === "sequence" ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [unescapeDollars(text)];
  });
}

const sections = ["services", "volumes", "networks", "secrets", "configs", "models"];

/** A document with what an included one declares. A name that both declare must mean the same. */
export function importInto(
  document: MappingNode,
  imported: ComposeNode,
  { place }: Inclusion,
  faults: ProjectFaults,
): MappingNode {
  let result = document;
  for (const section of sections) {
    const from = valueAt(imported, section);
    if (from?.kind !== "mapping") continue;
    const into = valueAt(result, section);
    // A section in a wrong form is told by its schema.
    if (into !== undefined && into.kind !== "mapping" && !isNull(into)) continue;
    const entries = new Map<string, ComposeEntry>(into?.kind === "mapping" ? into.entries : []);
    for (const [name, entry] of from.entries) {
      const taken = entries.get(name);
      if (taken === undefined) entries.set(name, entry);
      else if (JSON.stringify(plainValue(taken.node)) !== JSON.stringify(plainValue(entry.node))) {
        const where = faults.sources.file(entry.keySpan) ?? "an included file";
        const ofInclude = faults.sources.file(taken.keySpan) !== faults.sources.file(place.span);
        const path = [section, name];
        faults.add("LYC2506", `${formatPath(path)} is declared in ${where}, too, which is included`, {
          span: ofInclude ? place.span : taken.keySpan,
          path,
        });
      }
    }
    result = withEntry(result, section, mappingNode(entries, into?.span ?? entryOf(from).keySpan));
  }
  return result;
}

/** A document without its `include`. */
export function withoutInclude(document: ComposeNode): ComposeNode {
  return document.kind === "mapping" ? withoutKeys(document, ["include"]) : document;
}
