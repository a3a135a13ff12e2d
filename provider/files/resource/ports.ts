import type { Bucket } from "../../storage/bucket";
import type { Source } from "..";

/** Shows messages on the row of a resource. Must not throw. */
export interface FilesReport {
  /** A temporary text in the row's Info column. */
  progress(urn: string, message: string): void;
  /** A lasting line on the row. */
  notice(urn: string, message: string): void;
  /** A lasting warning on the row. */
  warning(urn: string, message: string): void;
}

/** What the operations on stored files use in one process. */
export interface FilesPorts {
  /** The account's bucket. Opened at the first call, because a preview needs no credentials. */
  readonly bucket: () => Bucket;
  readonly report: FilesReport;
  /** Resolves when every report has arrived. */
  readonly flush: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The program's folder, unless the program names another one. */
  readonly folder: () => string;
  /** Where runs see the bucket; undefined if the setting is not valid. */
  readonly mountPath: () => string | undefined;
  /** Whether a value, at any depth, is unknown at a preview. */
  readonly isUnknown: (value: unknown) => boolean;
  readonly memory: FilesMemory;
}

/** What one process knows about stored files. */
export interface FilesMemory {
  /** The files of each resource, as check has read them, by URN. */
  readonly sources: Map<string, { readonly hash: string; readonly source: Source; readonly folder: string }>;
  /** The keys that each resource claims in this command, by URN. */
  readonly claims: Map<string, { readonly prefix: string; readonly files: Source["files"] }>;
  /** Keys that a resource has in the bucket since this command. */
  readonly inUse: Set<string>;
  /** Messages that were shown already. */
  readonly shown: Set<string>;
}

/** Makes the memory of a process. */
export function createFilesMemory(): FilesMemory {
  return { sources: new Map(), claims: new Map(), inUse: new Set(), shown: new Set() };
}

/**
 * The keys that other resources of the program declare. Such a resource may have used a file that this one is about to
 * remove, in this command or in an earlier one.
 */
export function keysOfOthers({ claims }: FilesMemory, urn: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [other, { prefix, files }] of claims)
    if (other !== urn) for (const { path } of files) keys.add(`${prefix}${path}`);
  return keys;
}

/** A create or update that did not store everything. The state gets what is known, so that nothing is lost. */
export class FilesFailure extends Error {
  override readonly name = "FilesFailure";

  constructor(
    readonly id: string,
    readonly outputs: Readonly<Record<string, unknown>>,
    readonly reason: string,
  ) {
    super(reason);
  }
}
