import type { Surface } from "../../command";
import type { RepositoryProject } from "../repository/projects";

/** A stack of a repository. */
export interface Target {
  readonly project: RepositoryProject;
  readonly stack: string;
}

/** Returns the name of a stack for people: the folder of its project, and its name. */
export function titleOf({ project, stack }: Target): string {
  return `${project.folder} ${stack}`;
}

/**
 * Returns the last part of the name of a stack: `prod` of `organization/project/prod`. The name of the settings file
 * contains only this part.
 */
export function lastPart(stack: string): string {
  return stack.slice(stack.lastIndexOf("/") + 1);
}

/**
 * Returns a `Surface` (the terminal and files of a command) that prints the name of a stack before each line, because
 * several stacks print at once.
 */
export function namedSurface(target: Target, surface: Surface): Surface {
  const named = (text: string) => text.replace(/^.*$/gm, (line) => `[${titleOf(target)}] ${line}`.trimEnd());
  return {
    ...surface,
    color: false,
    print: (text) => surface.print(named(text)),
    printError: (text) => surface.printError(named(text)),
  };
}

/**
 * Returns the stacks of the projects, sorted by folder and name. If `only` is given, returns only the stacks with this
 * name.
 */
export function targetsOf(projects: readonly RepositoryProject[], only: string | undefined): readonly Target[] {
  const name = only === undefined ? undefined : lastPart(only);
  return projects.flatMap((project) =>
    project.stacks
      .filter((stack) => name === undefined || stack === name)
      // The name from the command line may also contain the organization, so it replaces the short name.
      .map((stack) => ({ project, stack: only ?? stack })),
  );
}
