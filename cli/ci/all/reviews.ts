import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Surface, UsageError } from "../../command";
import { writing } from "../../output";
import type { CiRequest } from "../options";
import { lastPart, type Target } from "./targets";

/** Returns the name of a stack's file in a review. With `--all`, a review is a folder with a file for each stack. */
export function reviewFile({ project: { folder }, stack }: Target): string {
  // An archive of a pipeline's artifacts leaves out hidden files, so the name must not begin with a dot.
  const name = folder === "." ? "_root" : folder.replace(/^\./, "_").replaceAll("/", "--");
  return `${name}.${lastPart(stack)}.json`;
}

/** Returns the stacks that have no file in the folder of `--reviewed`. These stacks are not applied. */
export function withoutReview(
  targets: readonly Target[],
  { reviewed }: Pick<CiRequest, "reviewed">,
  { stat }: Pick<Surface, "stat">,
): readonly Target[] {
  if (reviewed === undefined) return [];
  // A preview makes this folder even if it has no stack to preview. So if the folder does not exist, its name is wrong.
  // Without this error, no stack would have a review, and nothing would be applied.
  if (stat(reviewed) !== "folder") throw new UsageError(`${reviewed} is not a folder with the reviews of all stacks`);
  return targets.filter((target) => stat(join(reviewed, reviewFile(target))) === "missing");
}

/** Makes the folder of `--save`, even if there is no stack to preview. */
export function makeFolder({ save }: Pick<CiRequest, "save">): void {
  if (save !== undefined) writing(save, () => mkdirSync(save, { recursive: true }));
}
