import { createHmac } from "node:crypto";

const PREFIX = "files-";
/** The number of hexadecimal digits of each half of a writer's name. */
const DIGITS = 12;

/**
 * Returns the id of a StoredFiles resource. The bucket keeps this id with each file that the resource stores, as the
 * name of the file's writer. The next create after a killed create has the same id. So it recognizes the files that the
 * killed create stored. The first half of the id is the same for all resources of a stack.
 *
 * @param scope the random secret of the stack
 */
export function writerId(scope: string, urn: string): string {
  return `${PREFIX}${digest(scope, "stack")}${digest(scope, urn)}`;
}

function digest(scope: string, text: string): string {
  return createHmac("sha256", scope).update(`stored files\n${text}`).digest("hex").slice(0, DIGITS);
}

/** Whether two writers are resources of one stack. */
export function isOfSameStack(one: string, other: string): boolean {
  const length = PREFIX.length + DIGITS;
  const isComplete = [one, other].every((name) => /^files-[0-9a-f]{24}$/.test(name));
  return isComplete && one.slice(0, length) === other.slice(0, length);
}
