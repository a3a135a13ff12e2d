import { rmSync, statSync } from "node:fs";

/**
 * Removes the file `.attrs` next to the state of a stack if it is empty. The Pulumi CLI may leave such a file if it is
 * killed while its file backend writes. With this file, every later command prints "failed to load checkpoint: EOF",
 * although the state is complete. The user removes the file too (`docs/explanation/lifecycle.md`, "Errors of Pulumi").
 *
 * @param stateFile the path of the state, such as `.pulumi/stacks/story/dev.json`
 * @returns whether an empty file was removed
 */
export function removeEmptyAttributes(stateFile: string): boolean {
  const path = `${stateFile}.attrs`;
  if (statSync(path, { throwIfNoEntry: false })?.size !== 0) return false;
  rmSync(path);
  return true;
}
