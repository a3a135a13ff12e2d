import { createHash } from "node:crypto";

/** A local file, as the inputs of a resource record it. */
export interface ManifestFile {
  /** From the source on, with `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
  /** Identifies the times of the file on this machine. {@link NO_STAMP}: its content is read again each time. */
  readonly stamp: string;
  /** SHA-256 of the content, in base64url. */
  readonly content: string;
}

/** The stamp of a file that has only just changed: the next change may come within the same tick of the clock. */
export const NO_STAMP = "-";
/** Milliseconds after a change in which another change may have the same time. */
const TICK = 2000;

/** The times of a local file. */
interface Times {
  readonly modifiedMilliseconds: number;
  readonly changedMilliseconds: number;
}

/**
 * The times of a file as a text. A file with the same size and stamp as before has the same content: no usual tool sets
 * back both times.
 *
 * @param now milliseconds since 1970
 */
export function stampOf({ modifiedMilliseconds, changedMilliseconds }: Times, now: number): string {
  if (Math.max(modifiedMilliseconds, changedMilliseconds) > now - TICK) return NO_STAMP;
  const [modified, changed] = [microseconds(modifiedMilliseconds), microseconds(changedMilliseconds)];
  return modified === changed ? modified : `${modified}.${changed}`;
}

/** Microseconds are exact as long as they are below 2^53, until the year 2255. */
function microseconds(milliseconds: number): string {
  return Math.round(milliseconds * 1000).toString(36);
}

/** A manifest as one text: a line a file. Paths have no tabs and line breaks, because keys have none. */
export function manifestText(files: readonly ManifestFile[]): string {
  return files.map(({ path, bytes, stamp, content }) => `${path}\t${bytes}\t${stamp}\t${content}`).join("\n");
}

/** The files in the text of a manifest. Lines that are no files are left out. */
export function readManifest(text: unknown): readonly ManifestFile[] {
  if (typeof text !== "string" || text === "") return [];
  return text.split("\n").flatMap((line): readonly ManifestFile[] => {
    const [path = "", bytes = "", stamp = "", content = ""] = line.split("\t");
    return path === "" || content === "" ? [] : [{ path, bytes: Number(bytes), stamp, content }];
  });
}

/** The digest of paths and contents, in hexadecimal. It does not depend on times, on the machine or on the prefix. */
export function hashOf(files: readonly ManifestFile[]): string {
  let text = "";
  for (const { path, content } of files) text += `${path}\t${content}\n`;
  return createHash("sha256").update(text).digest("hex");
}

/** The size of all files together. */
export function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
