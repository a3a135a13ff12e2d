import { join, posix } from "node:path";
import { printable } from "../../provider/display/printable";
import { sizeText } from "../../provider/display/sizes";
import { downloadFiles, type Fetch, type StoredFile } from "../../provider/storage";
import { EXIT_CODES, UsageError } from "../command";
import { count } from "../layout";
import { lineWriter } from "../terminal";
import { showProgress } from "./progress";
import { type FileService, namedFiles } from "./service";

/**
 * `files get NAME -o FOLDER`: fetches a file, or a folder with its files. Reports and leaves out keys that cannot be
 * the path of a local file.
 *
 * @param folder the absolute path of the folder in which the files are written
 */
export async function getFiles(service: FileService, name: string, folder: string): Promise<number> {
  const files = await namedFiles(service, name);
  if (files.length === 0)
    throw new UsageError(`The bucket has no file ${name}; \`npx pulumi-lyceum files\` lists them`);
  return fetchFiles(service, files, name, folder);
}

/**
 * Fetches files of the bucket.
 *
 * @param name the name of a single file, or the folder in the bucket to which the paths of the written files are
 *   relative
 * @param folder the absolute path of the folder in which the files are written
 */
export async function fetchFiles(
  service: FileService,
  files: readonly StoredFile[],
  name: string,
  folder: string,
): Promise<number> {
  const { fetches, left } = fetchesOf(files, name, folder);
  for (const key of left)
    service.printError(`${printable(JSON.stringify(key))} is left out: it cannot be a file next to the others here.`);
  const bytes = fetches.reduce((sum, { file }) => sum + file.bytes, 0);
  const { signal, now } = service;
  const progress = showProgress({ files: fetches.length, bytes }, { write: lineWriter(), now });
  let kept = 0;
  const onKept = (file: StoredFile): void => {
    kept += 1;
    progress.addBytes(file.bytes);
    progress.addFile();
  };
  try {
    const options = { signal, onKept, onBytes: progress.addBytes, onFetched: progress.addFile };
    await downloadFiles(service.bucket, fetches, options);
  } finally {
    progress.end();
  }
  const rest = kept === 0 ? "" : ` ${kept} of them had the same content already.`;
  service.print(`${count(fetches.length, "file")}, ${sizeText(bytes)}, in ${folder}.${rest}`);
  return left.length === 0 ? EXIT_CODES.clean : EXIT_CODES.errors;
}

/** The files to fetch, each with its local path, and the keys of the files that are left out. */
export interface Placed {
  readonly fetches: readonly Fetch[];
  readonly left: readonly string[];
}

/**
 * Returns the local path to which each file of the bucket is downloaded. A single file has the last part of its key as
 * its name. The files of a folder keep their paths below this folder. A file is left out if its path would lead out of
 * the target folder, or if another file needs a folder at this path.
 */
export function fetchesOf(files: readonly StoredFile[], name: string, folder: string): Placed {
  const base = files.length === 1 && files[0]?.key === name ? posix.dirname(name) : name.replace(/(?<!\/)\/+$/, "");
  const placed = files.map((file) => {
    return { file, path: base === "" || base === "." ? file.key : file.key.slice(base.length + 1) };
  });
  const folders = new Set(placed.flatMap(({ path }) => foldersOf(path)));
  const fits = (path: string): boolean =>
    !folders.has(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return {
    fetches: placed.filter(({ path }) => fits(path)).map(({ file, path }) => ({ file, location: join(folder, path) })),
    left: placed.filter(({ path }) => !fits(path)).map(({ file }) => file.key),
  };
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
