import { join, posix } from "node:path";
import { downloadFiles, type Fetch, type StoredFile } from "../../provider/storage";
import { EXIT_CODES, UsageError } from "../command";
import { count } from "../layout";
import { lineWriter } from "../terminal";
import { showProgress } from "./progress";
import { type FileService, namedFiles } from "./service";
import { sizeText } from "./sizes";

/**
 * `files get NAME -o FOLDER`: fetches a file, or a folder with all that is in it.
 *
 * @param folder where the files are written; absolute
 */
export async function getFiles(service: FileService, name: string, folder: string): Promise<number> {
  const files = await namedFiles(service, name);
  if (files.length === 0)
    throw new UsageError(`The bucket has no file ${name}; \`npx pulumi-lyceum files\` lists them`);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { signal, now } = service;
  const progress = showProgress({ files: files.length, bytes }, { write: lineWriter(), now });
  try {
    const options = { signal, onBytes: progress.addBytes, onFetched: progress.addFile };
    await downloadFiles(service.bucket, fetchesOf(files, name, folder), options);
  } finally {
    progress.end();
  }
  service.print(`${count(files.length, "file")}, ${sizeText(bytes)}, in ${folder}.`);
  return EXIT_CODES.clean;
}

/**
 * Where each file goes: a single file under its last part, the files of a folder under their path from this folder. A
 * name that somebody else has chosen must not lead out of the target.
 */
export function fetchesOf(files: readonly StoredFile[], name: string, folder: string): readonly Fetch[] {
  const base = files.length === 1 && files[0]?.key === name ? posix.dirname(name) : name.replace(/(?<!\/)\/+$/, "");
  return files.map((file) => {
    const path = base === "" || base === "." ? file.key : file.key.slice(base.length + 1);
    if (path.split("/").some((part) => part === "" || part === "." || part === ".."))
      throw new UsageError(`${JSON.stringify(file.key)} is not the name of a file on this machine`);
    return { file, location: join(folder, path) };
  });
}
