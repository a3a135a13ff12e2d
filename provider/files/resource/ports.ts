import type { Bucket } from "../../storage/bucket";
import type { Source } from "..";

/** Shows messages on the row of a resource in Pulumi's output. Must not throw. */
export interface FilesReport {
  /** Shows a temporary text in the Info column of the resource's row in Pulumi's output. */
  progress(urn: string, message: string): void;
  /** Shows a message on the row of the resource. The message stays there. */
  notice(urn: string, message: string): void;
  /** Shows a lasting warning on the resource's row in the output of Pulumi. */
  warning(urn: string, message: string): void;
}

/** The dependencies of the operations on stored files, in one process. */
export interface FilesPorts {
  /** Returns the account's bucket. Only the first call opens the bucket, so that a preview needs no credentials. */
  readonly bucket: () => Bucket;
  readonly report: FilesReport;
  /** Resolves when every message was sent to the engine. */
  readonly flush: () => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The folder for a relative `source`, if the host does not know the folder of the program. */
  readonly folder: () => string;
  /** The path of the bucket inside runs. Undefined if the configured path is not valid. */
  readonly mountPath: () => string | undefined;
  /** Whether a value is unknown at preview, or has an unknown value at any depth. */
  readonly isUnknown: (value: unknown) => boolean;
  /**
   * Counts the bytes that a resource is about to send. Throws an error if the policy of a pipeline does not allow so
   * many bytes in one command.
   */
  readonly admit: (bytes: number) => void;
  readonly memory: FilesMemory;
}

/** The cache of one provider process for all StoredFiles resources. */
export interface FilesMemory {
  /** The local files that the last check of each resource has read, by the resource's URN. */
  readonly sources: Map<string, { readonly hash: string; readonly source: Source; readonly folder: string }>;
  /** The keys under which each resource stores files in this command, by the resource's URN. */
  readonly claims: Map<string, { readonly prefix: string; readonly files: Source["files"] }>;
  /** The keys that resources have stored or kept in this command. */
  readonly inUse: Set<string>;
  /** The output `__created` of each resource of the program, by the resource's URN. */
  readonly current: Map<string, string>;
  readonly shown: Set<string>;
}

/** Makes an empty `FilesMemory` for one provider process. */
export function createFilesMemory(): FilesMemory {
  return {
    sources: new Map(),
    claims: new Map(),
    inUse: new Set(),
    current: new Map(),
    shown: new Set(),
  };
}

/**
 * Returns the keys that the other resources of the program declare. An update of this resource removes no file with
 * such a key, because another resource may use the file.
 */
export function keysOfOthers(memory: FilesMemory, urn: string): ReadonlySet<string> {
  return keysClaimed(memory, (other) => other !== urn);
}

/**
 * Returns the keys that a resource must not remove when it is deleted: the keys of other resources, and the keys of a
 * newer resource with the same URN. After an interrupted replacement, a later command deletes the old resource, but the
 * files already belong to the new resource.
 */
export function keysInUse(memory: FilesMemory, urn: string, created: string): ReadonlySet<string> {
  const current = memory.current.get(urn);
  const isReplaced = current !== undefined && current !== created;
  return new Set([...memory.inUse, ...keysClaimed(memory, (other) => other !== urn || isReplaced)]);
}

function keysClaimed({ claims }: FilesMemory, isWanted: (urn: string) => boolean): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [urn, { prefix, files }] of claims)
    if (isWanted(urn)) for (const { path } of files) keys.add(`${prefix}${path}`);
  return keys;
}

/**
 * The error of a create or update that was not completed. The state records the outputs in this error. They list all
 * files that the bucket may have now.
 */
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
