import type { ObjectOf } from "../objects";
import { isMap, mapIn, textIn, type ValueType } from "../value-types";

/** The largest number of artifacts of one run. The number is small, because the state records each artifact. */
export const MOST_ARTIFACTS = 64;

/** What the deletion of the resource does to an artifact. */
export type ArtifactOnDelete = "delete" | "leave";

/** The fields of an artifact that a program declares as an object. */
export const ARTIFACT_FIELDS = {
  path: { required: true, doc: "The path of the file, relative to the bucket." },
  onDelete: {
    required: false,
    doc: "What the deletion or replacement of the resource does to the file: `leave` (the default) keeps it, `delete` removes it if its ETag is still the recorded one.",
  },
} as const;

/** A file that a run leaves, as a program declares it: its path, or an object with its path. */
export type ArtifactSource = string | { readonly path: string; readonly onDelete?: ArtifactOnDelete };

/** The type of the argument `artifacts`. It has no rule, because the check finds errors with `artifactFailures`. */
export const artifactSources: ValueType<Readonly<Record<string, ArtifactSource>>> = {
  kind: "files",
  parse: (value) => (isMap(value) ? (value as Readonly<Record<string, ArtifactSource>>) : undefined),
  typescript: "{ [name: string]: pulumi.Input<string | ComposeExecutionArtifact> }",
  shape: { values: { anyOf: [{ type: "string" }, { fields: "ComposeExecutionArtifact" }] } },
  words: "map of names to paths, or to `{path, onDelete?}`",
  limits: `at most ${MOST_ARTIFACTS} files`,
};

/** A declared artifact in the state. `key` is the key of the file in the bucket. */
export interface DeclaredArtifact {
  readonly key: string;
  readonly onDelete?: "delete";
}

/**
 * The type of the artifacts that an input declares, as the state records them: a map from names to keys of the bucket.
 */
export const declaredArtifacts: ValueType<Readonly<Record<string, DeclaredArtifact>>> = {
  ...artifactSources,
  parse: (value) =>
    recorded(value, (entry) => {
      const key = textIn(entry.key);
      if (key === undefined) return undefined;
      return entry.onDelete === "delete" ? { key, onDelete: "delete" } : { key };
    }),
};

/** A file in the bucket that a run has left. */
export type Artifact = ObjectOf<"Artifact">;

/** The type of the recorded map from names to artifacts. */
export const artifacts: ValueType<Readonly<Record<string, Artifact>>> = {
  kind: "files",
  parse: (value) =>
    recorded(value, ({ key, bytes, etag, modified }) => {
      if (typeof key !== "string" || typeof bytes !== "number" || typeof etag !== "string") return undefined;
      return { key, bytes, etag, ...(typeof modified === "string" ? { modified } : {}) };
    }),
  typescript: "{ [name: string]: Artifact }",
  shape: { values: { fields: "Artifact" } },
  words: "map of names to `Artifact`",
};

/** Returns the recorded artifacts. Returns an empty map for a value that is not a map. */
export function parseArtifacts(value: unknown): Readonly<Record<string, Artifact>> {
  return artifacts.parse(value) ?? {};
}

/** Reads a recorded map. Leaves out entries that `read` does not accept. */
function recorded<T>(
  value: unknown,
  read: (entry: Readonly<Record<string, unknown>>) => T | undefined,
): Readonly<Record<string, T>> | undefined {
  if (!isMap(value)) return undefined;
  const entries = Object.entries(value).flatMap(([name, entry]) => {
    const parsed = read(mapIn(entry));
    return parsed === undefined ? [] : [[name, parsed] as const];
  });
  return Object.fromEntries(entries);
}
