import { isMap, type Properties, textIn } from "../../schema";
import { beginningsOf } from "../../storage/keys";
import { FILES_MANIFEST, type ManifestFile, readManifest, readRecord, recordText, type StoredRecord } from "..";

/**
 * Names of values in states. These names never change. Pulumi's previews do not show a name that begins with two
 * underscores.
 */
export const RECORDED = {
  /** An input: the local files, as a text for {@link readManifest}. */
  manifest: FILES_MANIFEST,
  /** An input: whether `prefix` is the default. */
  isDefaultPrefix: "__defaultPrefix",
  /** An output: the files in the bucket, as a text for {@link readRecord}. */
  record: "__stored",
  /**
   * An output: a random text for each create. In a replacement, the old and the new resource have the same id, but
   * different texts.
   */
  created: "__created",
} as const;

/** The inputs after the check. */
export interface FilesInputs {
  readonly source: string;
  /** The prefix with a slash at its end. */
  readonly prefix: string;
  readonly mountPath: string;
  readonly exclude: readonly string[];
  readonly onDelete: "delete" | "leave";
  readonly hash: string;
  readonly fileCount: number;
  readonly bytes: number;
  readonly manifest: readonly ManifestFile[];
}

/** Reads the checked inputs. A missing value becomes empty, or 0. */
export function filesInputsOf(values: Properties): FilesInputs {
  return {
    source: textIn(values.source) ?? "",
    prefix: textIn(values.prefix) ?? "",
    mountPath: textIn(values.mountPath) ?? "",
    exclude: Array.isArray(values.exclude) ? values.exclude.map(String) : [],
    onDelete: values.onDelete === "leave" ? "leave" : "delete",
    hash: textIn(values.hash) ?? "",
    fileCount: Number(values.fileCount ?? 0),
    bytes: Number(values.bytes ?? 0),
    manifest: readManifest(values[RECORDED.manifest]),
  };
}

/** The recorded state of a resource with stored files. */
export interface FilesState {
  readonly id: string;
  readonly urn: string;
  readonly outputs: Properties;
}

/**
 * Returns the outputs that are copies of inputs. If one of them changes, the change is an update, even if no file
 * changes.
 */
export function shownOutputsOf({ prefix, mountPath, hash, fileCount, bytes, onDelete }: FilesInputs): Properties {
  return { prefix, mountPath, hash, fileCount, bytes, onDelete };
}

/** Makes the outputs of a resource, except {@link RECORDED.created}. */
export function filesOutputsOf(inputs: FilesInputs, record: StoredRecord): Properties {
  const { source, exclude } = inputs;
  return { ...shownOutputsOf(inputs), source, exclude, [RECORDED.record]: recordText(record, inputs.prefix) };
}

/** Returns the output {@link RECORDED.created} of a state. */
export function createdOf(outputs: Properties): string {
  return textIn(outputs[RECORDED.created]) ?? "";
}

/** Reads the list of stored files from outputs. */
export function recordOf(outputs: Properties): StoredRecord {
  return readRecord(isMap(outputs) ? outputs[RECORDED.record] : undefined);
}

/**
 * Returns prefixes with which the bucket lists all recorded files. If only one recorded file is below `prefix`, its key
 * takes the place of `prefix`, so that the bucket does not list the whole folder.
 */
export function listsOf(record: StoredRecord, prefix: string): readonly string[] {
  const keys = [...record.keys()];
  const covered = keys.filter((key) => key.startsWith(prefix));
  const elsewhere = keys.filter((key) => !key.startsWith(prefix));
  return [...(covered.length > 1 ? [prefix] : covered), ...beginningsOf(elsewhere)];
}
