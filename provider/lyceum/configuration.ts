/** Variables of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a value was found. `name` is what a user would type: a variable, a stack setting, a path. */
export interface Source {
  readonly kind: "environment" | "stack" | "file" | "default";
  readonly name: string;
}

/** Everything a client needs, each with its source. */
export interface Configuration {
  /** An API key `lk_…` or a JWT. */
  readonly token: string;
  /** Canonical: no trailing slash, `/api/v2/external` at the end. */
  readonly baseUrl: string;
  /** Slug of the organisation; only with a JWT, since a key belongs to one organisation. */
  readonly organisation?: string;
  readonly sources: { readonly token: Source; readonly baseUrl: Source; readonly organisation?: Source };
}
