import type { Bucket } from "../../storage/bucket";
import type { Source } from "..";

/** Shows messages on the row of a resource in Pulumi's output. Must not throw. */
export interface FilesReport {
  /** Shows a temporary text in the row's Info column. */
  progress(urn: string, message: string): void;
  /** Shows a lasting line on the row. */
  notice(urn: string, message: string): void;
  /** Shows a lasting warning on the row. */
  warning(urn: string, message: string): void;
}

/** The dependencies of the operations on stored files, in one process. */
export interface FilesPorts {
  /**
   * Returns the account's bucket. The bucket is opened when this function is first called, because a preview needs no
   * credentials.
   */
  readonly bucket: () => Bucket;
  readonly report: FilesReport;
  /** Resolves when every message was sent to the engine. */
  readonly flush: () => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The folder from which a relative source begins, unless the program sets another folder. */
  readonly folder: () => string;
  /** The path of the bucket inside runs. Undefined if the setting is not valid. */
  readonly mountPath: () => string | undefined;
  /** Whether a value, or a part of it at any depth, is unknown at preview. */
  readonly isUnknown: (value: unknown) => boolean;
  /**
   * Adds what a resource is about to send. Throws an error if the policy of a pipeline does not allow the command to
   * send so much.
   */
  readonly admit: (bytes: number) => void;
  readonly memory: FilesMemory;
}

/** What one process remembers about stored files. */
export interface FilesMemory {
  /** The local files of each resource as the check has read them, by the resource's URN. */
  readonly sources: Map<string, { readonly hash: string; readonly source: Source; readonly folder: string }>;
  /** The keys under which each resource stores files in this command, by the resource's URN. */
  readonly claims: Map<string, { readonly prefix: string; readonly files: Source["files"] }>;
  /** The keys that resources have stored or kept in this command. */
  readonly inUse: Set<string>;
  /** The create that made the state of each resource of the program, by the URN of the resource. */
  readonly current: Map<string, string>;
  /** The messages that were already shown. */
  readonly shown: Set<string>;
}

/** Makes an empty memory for a process. */
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
 * The keys that other resources of the program declare. Such a resource may have used a file that this one is about to
 * remove, in this command or in an earlier one.
 */
export function keysOfOthers(memory: FilesMemory, urn: string): ReadonlySet<string> {
  return keysClaimed(memory, (other) => other !== urn);
}

/**
 * The keys that a resource must not remove when it is deleted. These are the keys of other resources, and the keys of a
 * newer resource with the same URN. After an interrupted replacement, a later command deletes the old resource. Its
 * files then already belong to the new resource.
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
