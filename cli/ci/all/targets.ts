import type { RepositoryProject } from "./projects";

/** A stack of a repository. */
export interface Target {
  readonly project: RepositoryProject;
  readonly stack: string;
}

/** The name of a stack in texts: its folder and its own name. */
export function titleOf({ project, stack }: Target): string {
  return `${project.folder} ${stack}`;
}

/** The stacks of the projects, sorted by folder and name. With a name, only the stacks with this name. */
export function targetsOf(projects: readonly RepositoryProject[], only: string | undefined): readonly Target[] {
  // A settings file has only the last part of a stack's name.
  const name = only?.split("/").at(-1);
  return projects.flatMap((project) =>
    project.stacks
      .filter((stack) => name === undefined || stack === name)
      // The full name, if there is one, also has the organization.
      .map((stack) => ({ project, stack: only ?? stack })),
  );
}
