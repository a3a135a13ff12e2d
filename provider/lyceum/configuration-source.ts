// Shared by the configuration, its errors and the route, which import one another.

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a value was found. `name` is what a user would type: a variable, a stack setting, a path. */
export interface Source {
  readonly kind: "environment" | "stack" | "file" | "default";
  readonly name: string;
}

/** A value and where it was found. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: Source;
}
