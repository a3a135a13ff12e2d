import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { differencesOf } from "../differential/compare";
import { plainRun } from "../differential/corpus";
import { type Answer, askCompose, type Release } from "../differential/docker-compose";
import { mapAt } from "../differential/json";
import { askOurs } from "../differential/pulumi-lyceum";
import type { Compared } from "../differential/run";
import type { FoundProject } from "./projects";

/** The release of Compose to compare with: the oldest that users have, or the newest (`--newest`). */
export const RELEASE: Release = process.argv.includes("--newest") ? "newest" : "oldest";

/** A project of the corpus, with the results of this package and of Compose. */
export interface ComparedProject extends Compared {
  readonly found: FoundProject;
}

/** Compares a project in its own folder. If no service runs without a profile, all profiles are enabled. */
export async function compareProject(found: FoundProject, dockerConfig: string): Promise<ComparedProject> {
  const { project, folder } = found;
  const theirs = await askCompose(project, folder, dockerConfig, RELEASE);
  if (!theirs.accepted || project.run.profiles.length > 0) return comparedWith(found, theirs);
  if (Object.keys(mapAt(theirs.model, "services")).length > 0) return comparedWith(found, theirs);
  const whole = { ...found, project: { ...project, run: { ...project.run, profiles: ["*"] } } };
  return comparedWith(whole, await askCompose(whole.project, folder, dockerConfig, RELEASE));
}

function comparedWith(found: FoundProject, theirs: Answer): ComparedProject {
  const { project, folder, root } = found;
  const ours = askOurs(project, folder, root);
  return {
    found,
    project,
    ours,
    theirs,
    home: folder,
    differences: differencesOf(ours, theirs, folder, {
      release: RELEASE,
      ...(root === undefined ? {} : { root }),
    }),
  };
}

/** Compares the text of a bundle, in an empty folder with the name of the project's folder. */
export async function compareBundle(
  { found, project }: ComparedProject,
  text: string,
  emptyFolder: string,
  dockerConfig: string,
): Promise<ComparedProject> {
  const folder = join(emptyFolder, basename(found.folder));
  // No variable is set, as at Lyceum.
  const alone = { ...project, files: { "compose.yaml": text }, run: plainRun };
  writeFileSync(join(folder, "compose.yaml"), text);
  const theirs = await askCompose(alone, folder, dockerConfig, RELEASE);
  return comparedWith({ ...found, project: alone, folder, root: folder }, theirs);
}
