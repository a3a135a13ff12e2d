import { createHash } from "node:crypto";
import { readUrn } from "../../schema";
import { validKey } from "../../storage/keys";

/**
 * Returns the default folder in the bucket: `PROJECT/STACK/NAME/`. A part gets a digest if it has more than 100
 * characters, or characters other than letters, digits, `.`, `_` and `-`. The name also gets a digest if the resource
 * is in a component. So no two resources share a folder.
 */
export function defaultPrefix(urn: string): string {
  const found = readUrn(urn);
  if (found === undefined) return "files/";
  const { project, stack, name } = found;
  const types = urn.split("::")[2] ?? "";
  const own = types.includes("$") ? `${part(name)}-${digest(types)}` : part(name);
  return `${part(project)}/${part(stack)}/${own}/`;
}

/**
 * Returns the folder in the bucket for the mounted files of a run's resource: `pulumi-lyceum/PROJECT/STACK/NAME-…/`.
 *
 * @param scopePart a part of a digest of the stack's secret; stacks of the same name then have different folders
 */
export function mountsFolder(urn: string, scopePart: string): string {
  return `pulumi-lyceum/${defaultPrefix(urn).slice(0, -1)}-${scopePart}/`;
}

function part(name: string): string {
  const short = name.slice(0, LONGEST_PART);
  const plain = short.replace(/[^A-Za-z0-9._-]/g, "-");
  return plain === name && !/^\.+$/.test(plain) ? plain : `${plain}-${digest(name)}`;
}

const LONGEST_PART = 100;

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/**
 * Returns a prefix in canonical form: without a slash at the beginning, and with a slash at the end.
 *
 * @throws {StorageError} LYC6009
 */
export function canonicalPrefix(prefix: string): string {
  const short = prefix.replace(/^\//, "").replace(/\/$/, "");
  return `${validKey(short)}/`;
}

/** Returns the path at which runs find a folder of the bucket, or a file in this folder. */
export function mountPathOf(mount: string, prefix: string, file: string | undefined): string {
  const folder = `${mount.replace(/\/$/, "")}/${prefix.replace(/\/$/, "")}`;
  return file === undefined ? folder : `${folder}/${file}`;
}
