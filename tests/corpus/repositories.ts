import listed from "./repositories.json";

/** A public repository on GitHub at one commit. */
export interface Repository {
  /** The name, such as `docker/awesome-compose`. */
  readonly name: string;
  readonly commit: string;
  /** Environment variables that the README of the repository asks its users to set. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The repositories of the corpus, in the order of their names. */
export const repositories: readonly Repository[] = Object.entries(listed).map(([name, repository]) => ({
  name,
  ...repository,
}));
