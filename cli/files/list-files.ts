import { printable } from "../../provider/display/printable";
import { sizeText } from "../../provider/display/sizes";
import type { StoredFile } from "../../provider/storage";
import { EXIT_CODES } from "../command";
import { count } from "../layout";
import { shownJson } from "../reports/json";
import { type FileService, namedFiles } from "./service";

/** `files [list] [NAME]`: lists the files of the bucket, or of one of its folders. */
export async function listFiles(service: FileService, name: string, asJson: boolean): Promise<number> {
  const files = await namedFiles(service, name);
  if (files.length === 0 && !asJson) {
    service.print(name === "" ? "The bucket is empty." : `The bucket has no file ${printable(name)}.`);
    return EXIT_CODES.clean;
  }
  return printFiles(service, files, asJson);
}

/** Prints files as a table or as JSON. The row of an artifact ends with its name. */
export function printFiles(
  service: Pick<FileService, "print">,
  files: readonly (StoredFile & { readonly name?: string })[],
  asJson: boolean,
): number {
  if (asJson) {
    service.print(
      shownJson({ files: files.map(({ modified, ...file }) => ({ ...file, modified: modified ?? null })) }),
    );
    return EXIT_CODES.clean;
  }
  const sizes = files.map(({ bytes }) => sizeText(bytes));
  const width = sizes.reduce((most, size) => Math.max(most, size.length), 0);
  for (const [at, { key, modified, name }] of files.entries()) {
    const time = (modified ?? "").slice(0, 19).replace("T", " ").padEnd(19);
    service.print(
      `${(sizes[at] ?? "").padStart(width)}  ${time}  ${printable(key).replaceAll("\n", "·")}${name === undefined ? "" : ` (${name})`}`,
    );
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  service.print(`${count(files.length, "file")}, ${sizeText(total)}. Times are in UTC.`);
  return EXIT_CODES.clean;
}
