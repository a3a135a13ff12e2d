import { createHash } from "node:crypto";

/**
 * The input that records the local files: the path, size, times and digest of each file. The times belong to one
 * machine, so previews of the same files on two machines may differ in this input. `hash` is the same on both machines.
 */
export const FILES_MANIFEST = "__files";

/** A local file, as the state records it in the inputs of a resource. */
export interface ManifestFile {
  /** The path relative to the source, with `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
  /**
   * A text made from the times of the file on this machine. If the text is {@link NO_STAMP}, the next command reads the
   * content again.
   */
  readonly stamp: string;
  /** The SHA-256 digest of the content, in base64url. */
  readonly content: string;
}

/**
 * The value in place of a stamp (the times of a file as text) for a file that has just changed. Another change could
 * get the same times, because the clock of a file system has a limited precision.
 */
export const NO_STAMP = "-";
/** The number of milliseconds after a change of a file in which a second change may get the same modification time. */
const TICK = 2000;

interface Times {
  readonly modifiedMilliseconds: number;
  readonly changedMilliseconds: number;
}

/**
 * Returns the times of a file as a text. If two readings give the same size and the same times, the content has not
 * changed, because no usual tool sets back both times.
 *
 * @param now milliseconds since the epoch
 */
export function stampOf({ modifiedMilliseconds, changedMilliseconds }: Times, now: number): string {
  if (Math.max(modifiedMilliseconds, changedMilliseconds) > now - TICK) return NO_STAMP;
  const [modified, changed] = [microseconds(modifiedMilliseconds), microseconds(changedMilliseconds)];
  return modified === changed ? modified : `${modified}.${changed}`;
}

/** Microseconds below 2^53 are exact numbers. This is enough until the year 2255. */
function microseconds(milliseconds: number): string {
  return Math.round(milliseconds * 1000).toString(36);
}

/**
 * Writes a manifest as one text, with one line for each file. Paths contain no tabs and line breaks, because keys must
 * not contain them.
 */
export function manifestText(files: readonly ManifestFile[]): string {
  let text = "";
  for (const { path, bytes, stamp, content } of files)
    text += `${text === "" ? "" : "\n"}${path}\t${bytes}\t${stamp}\t${content}`;
  return text;
}

/** Reads the list of files from the text of a manifest. Lines of the text that do not describe a file are ignored. */
export function readManifest(text: unknown): readonly ManifestFile[] {
  if (typeof text !== "string" || text === "") return [];
  const files: ManifestFile[] = [];
  for (const line of text.split("\n")) {
    const [path = "", bytes = "", stamp = "", content = ""] = line.split("\t");
    if (path !== "" && content !== "") files.push({ path, bytes: Number(bytes), stamp, content });
  }
  return files;
}

/**
 * Returns the digest of all paths and contents, in hexadecimal. The digest does not depend on times, on the machine or
 * on the prefix.
 */
export function hashOf(files: readonly ManifestFile[]): string {
  let text = "";
  for (const { path, content } of files) text += `${path}\t${content}\n`;
  return createHash("sha256").update(text).digest("hex");
}

/** The total size of all files. */
export function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
