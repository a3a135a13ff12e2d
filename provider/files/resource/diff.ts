import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../../schema";
import type { StoredRecord } from "..";
import { type PlannedChange, plannedText } from "./messages";
import type { FilesPorts } from "./ports";
import { createdOf, type FilesInputs, type FilesState, filesInputsOf, recordOf, shownOutputsOf } from "./state";

/**
 * The difference between the state and the inputs of a resource. It never requires a replacement, because an update can
 * even move the files to another prefix.
 */
export interface FilesDiff {
  readonly kind: "same" | "update";
  /** Names of the outputs that change. */
  readonly changed: readonly string[];
}

/** Decides whether files have to be stored or removed, and shows their names. Sends no request. */
export async function diffFiles(ports: FilesPorts, state: FilesState, news: Properties): Promise<FilesDiff> {
  if (ports.memory.sources.has(state.urn)) ports.memory.current.set(state.urn, createdOf(state.outputs));
  // If an input is unknown at preview, the files may be different.
  if (news.hash === undefined || ports.isUnknown(news)) return { kind: "update", changed: ["hash"] };
  const inputs = filesInputsOf(news);
  const record = recordOf(state.outputs);
  const planned = plannedChange(inputs, record);
  const next = shownOutputsOf(inputs);
  const changed = Object.keys(next).filter((name) => !isDeepStrictEqual(next[name], state.outputs[name]));
  if (isEmpty(planned)) return { kind: changed.length === 0 ? "same" : "update", changed };
  // In a refresh, the engine calls diff without a check, so `sources` does not have the resource. The planned changes
  // are then not shown, because a refresh sends no file and has already reported the differences.
  if (ports.memory.sources.has(state.urn)) {
    ports.report.notice(state.urn, plannedText(planned));
    await ports.flush();
  }
  return { kind: "update", changed };
}

/** Returns what an update would send and remove. Compares the inputs only with the state's list of stored files. */
export function plannedChange({ prefix, manifest }: FilesInputs, record: StoredRecord): PlannedChange {
  if (hasAll(record, prefix, manifest)) return { added: [], changed: [], removed: [], moved: 0, bytes: 0 };
  const added: string[] = [];
  const changed: string[] = [];
  let moved = 0;
  let bytes = 0;
  const wanted = new Set<string>();
  const elsewhere = new Set(
    [...record.values()].filter(({ key }) => !key.startsWith(prefix)).map((file) => file.content),
  );
  for (const file of manifest) {
    const key = `${prefix}${file.path}`;
    wanted.add(key);
    const recorded = record.get(key);
    const isThere = recorded !== undefined && recorded.drift !== "missing";
    if (isThere && recorded.content === file.content && recorded.drift === undefined) continue;
    bytes += file.bytes;
    if (isThere) changed.push(file.path);
    else if (elsewhere.has(file.content)) moved += 1;
    else added.push(file.path);
  }
  const gone = [...record.values()].filter(({ key, isOwn }) => isOwn && !wanted.has(key));
  const removed = gone.map(({ key }) => (key.startsWith(prefix) ? key.slice(prefix.length) : key));
  return { added, changed, removed, moved, bytes };
}

/**
 * Returns true if the list of stored files has exactly the files of a manifest. In this usual case, `plannedChange`
 * needs no slower comparison.
 */
function hasAll(record: StoredRecord, prefix: string, manifest: FilesInputs["manifest"]): boolean {
  return (
    record.size === manifest.length &&
    manifest.every(({ path, content }) => {
      const recorded = record.get(prefix + path);
      return recorded !== undefined && recorded.content === content && recorded.drift === undefined;
    })
  );
}

/** Returns true if an update would send nothing and remove nothing. */
export function isEmpty({ added, changed, removed, moved }: PlannedChange): boolean {
  return added.length + changed.length + removed.length + moved === 0;
}
