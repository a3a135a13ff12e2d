import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Surface, UsageError } from "../../command";
import { writing } from "../../output";
import type { CiRequest } from "../options";
import { lastPart, type Target } from "./targets";

/** With `--all`, a review is a folder with a file for each stack. Its name does not begin with a dot. */
export function reviewFile({ project: { folder }, stack }: Target): string {
  // Archives of artifacts do not contain hidden files.
  const name = folder === "." ? "_root" : folder.replace(/^\./, "_").replaceAll("/", "--");
  return `${name}.${lastPart(stack)}.json`;
}

/** The stacks without a file in the folder of `--reviewed`. They are not applied. */
export function withoutReview(
  targets: readonly Target[],
  { reviewed }: Pick<CiRequest, "reviewed">,
  { stat }: Pick<Surface, "stat">,
): readonly Target[] {
  if (reviewed === undefined) return [];
  // A wrong name of the folder would look like a folder without reviews.
  if (stat(reviewed) !== "folder") throw new UsageError(`${reviewed} is not a folder with the reviews of all stacks`);
  return targets.filter((target) => stat(join(reviewed, reviewFile(target))) === "missing");
}

/** Makes the folder of `--save`, which is empty if there is no stack to preview. */
export function makeFolder({ save }: Pick<CiRequest, "save">): void {
  if (save !== undefined) writing(save, () => mkdirSync(save, { recursive: true }));
}
