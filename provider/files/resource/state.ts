import { createHmac } from "node:crypto";
import { FILES_MANIFEST, isMap, type Properties, textIn } from "../../schema";
import { type ManifestFile, readManifest, readRecord, recordText, type StoredRecord } from "..";

/**
 * Names in states. They never change. Names with two underscores are not shown in previews.
 */
export const RECORDED = {
  /** Input: the local files, as a text of {@link readManifest}. */
  manifest: FILES_MANIFEST,
  /** Input: whether `prefix` is the default. */
  isDefaultPrefix: "__defaultPrefix",
  /** Output: the files in the bucket, as a text of {@link readRecord}. */
  record: "__stored",
} as const;

/** Inputs after check. */
export interface FilesInputs {
  readonly source: string;
  /** With a slash at its end. */
  readonly prefix: string;
  readonly mountPath: string;
  readonly exclude: readonly string[];
  readonly onDelete: "delete" | "leave";
  readonly hash: string;
  readonly fileCount: number;
  readonly bytes: number;
  readonly manifest: readonly ManifestFile[];
}

/** Reads checked inputs. */
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

/** What the state records of a resource. */
export interface FilesState {
  readonly id: string;
  readonly urn: string;
  readonly outputs: Properties;
}

/** The outputs of a resource. */
export function filesOutputsOf(inputs: FilesInputs, record: StoredRecord): Properties {
  const { prefix, mountPath, hash, fileCount, bytes, onDelete } = inputs;
  return { prefix, mountPath, hash, fileCount, bytes, onDelete, [RECORDED.record]: recordText(record, prefix) };
}

/** The record in outputs. */
export function recordOf(outputs: Properties): StoredRecord {
  return readRecord(isMap(outputs) ? outputs[RECORDED.record] : undefined);
}

/**
 * The id of a resource, and the name that the bucket keeps with each of its files. It is the same again after a create
 * that was killed, so that the next command finds what that one has stored.
 *
 * @param scope the stack's secret
 */
export function writerId(scope: string, urn: string): string {
  return `files-${createHmac("sha256", scope).update(`stored files\n${urn}`).digest("hex").slice(0, 24)}`;
}
