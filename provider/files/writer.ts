import { createHmac } from "node:crypto";

const PREFIX = "files-";
/** The number of hexadecimal digits of each half of a writer's name. */
const DIGITS = 12;

/**
 * Returns the id of a resource. The id is also the writer's name of the resource's files. If a create is killed, the
 * next create has the same id, and so finds the files that are already stored. The first half of the id is the same for
 * all resources of a stack.
 *
 * @param scope the stack's secret
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
