// @ts-check
import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** The method of an entry that is compressed. The only other method in the archives of Go modules is 0: stored. */
const DEFLATED = 8;

/**
 * Reads the archive of a Go module. Go's own tools limit these archives: no encryption, no parts, no 64-bit sizes.
 * @param {Buffer} archive
 * @returns {Map<string, Buffer>} the content of each file, by its name in the archive
 */
export function filesIn(archive) {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error("The archive of the module is not a zip file.");
  const count = archive.readUInt16LE(end + 10);
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error("The archive of the module is damaged.");
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const nameLength = archive.readUInt16LE(at + 28);
    const otherLength = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const header = archive.readUInt32LE(at + 42);
    const data = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const content = archive.subarray(data, data + size);
    files.set(name, method === DEFLATED ? inflateRawSync(content) : content);
    at += 46 + nameLength + otherLength;
  }
  return files;
}

/**
 * Returns the checksum of a module as go.sum has it: the hash of the names and hashes of all files.
 * @param {ReadonlyMap<string, Buffer>} files
 */
export function checksumOf(files) {
  const whole = createHash("sha256");
  for (const name of [...files.keys()].sort()) {
    const hash = createHash("sha256").update(files.get(name) ?? "");
    whole.update(`${hash.digest("hex")}  ${name}\n`);
  }
  return `h1:${whole.digest("base64")}`;
}
