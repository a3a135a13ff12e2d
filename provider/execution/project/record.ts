import { type ComposeMapping, keyedDigest } from "../../compose";
import type { ObservedFiles } from "../../compose/project";
import { isMap } from "../../schema";
import type { ResourceInputs } from "../resource-inputs";

/** What state holds of a compose project beside its model: digests made under the stack's secret. */
export interface ProjectRecord {
  /** Of what the whole means: that of a text that means the same. */
  readonly digest: string;
  /** Of variables, profiles and inherited values. */
  readonly settings: string;
  /** What stood at each path that was asked for. */
  readonly files: ObservedFiles;
}

/** A compose project as checked inputs hold it. */
export interface ProjectInputs {
  readonly record: ProjectRecord;
  /** The canonical model, its secrets masked. */
  readonly model: ComposeMapping;
}

/** The input that a preview shows and compares: the canonical model. */
export const MODEL_INPUT = "compose";

/** Arguments that decide what a project says, beside variables and profiles, which the record holds itself. */
export const PROJECT_ARGUMENTS = ["composeFile", "composeRoot", "envFiles", "localFiles", "diagnostics"];

/** What check makes of a project, as far as it is known. */
export interface MadeProject {
  readonly model?: unknown;
  readonly record?: unknown;
}

/** Reads a recorded project back; `undefined` where there is none, or not all of it is known. */
export function parseProject({ values, projectRecord: record }: ResourceInputs): ProjectInputs | undefined {
  const model = values[MODEL_INPUT];
  if (!isMap(model) || !isMap(record) || !isMap(record.files)) return undefined;
  const { digest, settings, files } = record;
  if (typeof digest !== "string" || typeof settings !== "string") return undefined;
  return { record: { digest, settings, files: files as ObservedFiles }, model: model as ComposeMapping };
}

/** Digest of a secret leaf: says whether it is the same secret at the same place. */
export function leafDigest(scope: string): (place: string, value: string) => string | undefined {
  return (place, value) => (scope === "" ? undefined : keyedDigest(scope, ["leaf", place, value], 12));
}

/** Digest of a file's content. */
export function contentDigest(scope: string): (hash: string) => string {
  return (hash) => keyedDigest(scope, ["file", hash]);
}
