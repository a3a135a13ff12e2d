import { basename, resolve } from "node:path";
import { printable } from "../../provider/display/printable";
import { sizeText } from "../../provider/display/sizes";
import { excluding } from "../../provider/files";
import { type LocalFiles, scanFile, scanFolder, uploadFiles } from "../../provider/storage";
import { EXIT_CODES, type Surface, UsageError } from "../command";
import { count } from "../layout";
import { lineWriter } from "../terminal";
import { showProgress } from "./progress";
import type { FileService } from "./service";

/** What `files put` stores, and under which keys. */
export interface PutRequest {
  /** A file or folder of this machine. */
  readonly source: string;
  /**
   * The folder of the bucket that gets the files; empty for the root. For a single file, a `target` without a slash at
   * its end is the whole key.
   */
  readonly target: string;
  /** Patterns that exclude paths in the folder. */
  readonly exclude: readonly string[];
}

/**
 * `files put SOURCE [NAME]`: stores a file or a folder. Only files that differ from the bucket are sent, and nothing is
 * removed.
 */
export async function putFiles(service: FileService, request: PutRequest, surface: Surface): Promise<number> {
  const { found, prefix } = await sourceOf(request, surface);
  for (const path of found.skipped)
    surface.printError(`${printable(path)} is left out: a bucket holds files only, and no link that leads back.`);
  if (found.files.length === 0) throw new UsageError(`${request.source} has no file to store`);
  const bytes = found.files.reduce((sum, file) => sum + file.bytes, 0);
  const { signal, now } = service;
  const progress = showProgress({ files: found.files.length, bytes }, { write: lineWriter(), now });
  const onKept = (file: { readonly bytes: number }): void => {
    progress.addBytes(file.bytes);
    progress.addFile();
  };
  const options = { signal, onKept, onBytes: progress.addBytes, onStored: progress.addFile };
  const { sent, kept } = await uploadFiles(service.bucket, found.files, prefix, options).finally(progress.end);
  const sentBytes = sent.reduce((sum, { file }) => sum + file.bytes, 0);
  const rest = kept.length === 0 ? "" : ` ${count(kept.length, "file")} had the same content already.`;
  service.print(`${count(sent.length, "file")}, ${sizeText(sentBytes)}, stored.${rest}`);
  return EXIT_CODES.clean;
}

async function sourceOf(
  { source, target, exclude }: PutRequest,
  surface: Surface,
): Promise<{ readonly found: LocalFiles; readonly prefix: string }> {
  const location = resolve(surface.folder, source);
  const kind = surface.stat(location);
  if (kind === "missing") throw new UsageError(`${source} does not exist`);
  if (kind === "stream") throw new UsageError(`${source} is neither a file nor a folder`);
  if (kind === "folder") {
    const prefix = target === "" || target.endsWith("/") ? target : `${target}/`;
    return { found: await scanFolder(location, excluding(exclude)), prefix };
  }
  const isFolder = target === "" || target.endsWith("/");
  const name = isFolder ? basename(location) : (target.split("/").at(-1) ?? target);
  const prefix = isFolder ? target : target.slice(0, target.length - name.length);
  return { found: { files: [await scanFile(location, name)], skipped: [], outside: [] }, prefix };
}
