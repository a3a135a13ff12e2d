import { type RecordedFile, UNANSWERED } from "./record";

/**
 * Who stored a file in the bucket, by the writer's name that the bucket keeps with the file. `own`: this resource.
 * `stack`: another resource of the same stack. `other`: a writer outside of the stack. `none`: the file has no writer's
 * name.
 */
export type Writer = "own" | "stack" | "other" | "none";

/** The facts about one key in the bucket. */
export interface KeyFacts {
  /** The SHA-256 digest of the local file for this key. Undefined if the source has no such file. */
  readonly wanted?: string | undefined;
  readonly recorded?: RecordedFile | undefined;
  /** The file in the bucket. Undefined if the bucket has no such file. */
  readonly found?: FoundFile | undefined;
  /**
   * Whether only this resource and its own runs write under the key. If so, the recorded ETag shows whether a run has
   * changed the file. The writer's name does not show this: a mount may keep the metadata of a changed file, and a
   * server may keep no metadata.
   */
  readonly isExclusive?: boolean | undefined;
}

/** A file in the bucket. `isSame` and `writer` are known only if {@link questionsAbout} asked for them. */
export interface FoundFile {
  readonly etag: string;
  /** Whether the file in the bucket has the same content as the local file. */
  readonly isSame?: boolean | undefined;
  readonly writer?: Writer | undefined;
}

/** What happens to the file with one key. */
export type Action =
  /** Stores the local file. */
  | "put"
  /** Keeps the file: the bucket already has the content, and this resource stored it. */
  | "keep"
  /** Uses a file with the same content that another writer has stored. The provider never removes this file. */
  | "share"
  /** Removes the file from the bucket. */
  | "remove"
  /** Leaves the file in the bucket, because a run or another writer may have stored its content. */
  | "leave"
  /** Removes the file from the state's list of stored files, and changes nothing in the bucket. */
  | "forget"
  /** Fails before anything is sent, because the bucket has other content that this resource did not store. */
  | "refuse";

/**
 * Decides what happens to the file with a key. The first matching row counts.
 *
 * | source has it | in the bucket | recorded | same content | writer | action |
 * |---|---|---|---|---|---|
 * | yes | no             |        |     |             | put |
 * | yes | yes, unchanged | own, with digest    | yes |       | keep |
 * | yes | yes, unchanged | shared, with digest | yes |       | share |
 * | yes | yes            |        | yes | own         | keep |
 * | yes | yes            |        | yes | stack       | put: this resource adopts the file, so that its deletion removes the file |
 * | yes | yes            |        | yes | other, none | share |
 * | yes | yes            |        | no  | own         | put |
 * | yes | yes            | own, with ETag | no | none | put: this resource stored the file, and a run may have changed it |
 * | yes | yes            |        | no  | others      | refuse |
 * | no  | no             |        |     |             | forget |
 * | no  | yes            | shared |     |             | forget |
 * | no  | yes            | no     |     |             | leave: a resource that was renamed may have stored the file under the name of this resource |
 * | no  | yes, unchanged | own, and the key is exclusive |     |     | remove |
 * | no  | yes, changed   | own, with ETag, and the key is exclusive | |  | leave: a run has changed the file |
 * | no  | yes            | own    |     | own         | remove |
 * | no  | yes            | own    |     | stack       | forget, because another resource of the stack has adopted the file |
 * | no  | yes            | own    |     | other, none | leave |
 *
 * "Unchanged" means that the bucket's ETag equals the recorded ETag. An equal ETag does not prove who stored the file,
 * so most rows need the writer. "With digest" means that the state records the digest of the content. "With ETag" means
 * that the state records the ETag. The writer `none` counts as `own` if the source has the file, the key is exclusive,
 * and the file is recorded as own.
 */
export function decide({ wanted, recorded, found, isExclusive }: KeyFacts): Action {
  if (wanted === undefined) {
    if (found === undefined || recorded?.isOwn === false) return "forget";
    if (recorded === undefined) return "leave";
    if (isKnownByEtag(recorded, isExclusive)) return recorded.etag === found.etag ? "remove" : "leave";
    if (found.writer === "own") return "remove";
    return found.writer === "stack" ? "forget" : "leave";
  }
  if (found === undefined) return "put";
  const known = knownSame(wanted, recorded, found);
  if (known === true) return recorded?.isOwn === true ? "keep" : "share";
  const isOwnUnnamed = isExclusive === true && found.writer === "none" && recorded?.isOwn === true;
  if (known ?? found.isSame === true) {
    if (found.writer === "own" || isOwnUnnamed) return "keep";
    return found.writer === "stack" ? "put" : "share";
  }
  // If the upload got no answer, nothing proves that this resource stored the file.
  const isUnclaimed = found.writer === "none" && recorded?.isOwn === true && recorded.etag !== UNANSWERED;
  return found.writer === "own" || isUnclaimed || isOwnUnnamed ? "put" : "refuse";
}

/** Returns true if the recorded ETag alone decides whether a file is removed. */
function isKnownByEtag({ etag }: RecordedFile, isExclusive: boolean | undefined): boolean {
  return isExclusive === true && etag !== UNANSWERED;
}

/**
 * Returns whether the file in the bucket has the desired content. Undefined if the state does not know the content of
 * this file.
 */
function knownSame(wanted: string, recorded: RecordedFile | undefined, found: FoundFile): boolean | undefined {
  const isKnown = recorded !== undefined && recorded.etag === found.etag && recorded.content !== "";
  return isKnown ? recorded.content === wanted : undefined;
}

/** Which facts about a file {@link decide} needs from the bucket. */
export interface Questions {
  /** Whether the provider must compare the content of the file in the bucket with the local file. */
  readonly content: boolean;
  /** Whether the provider must request the writer's name, which the bucket keeps with the file. */
  readonly writer: boolean;
}

/**
 * Returns which facts about a file must be requested from the bucket. If the state shows that the bucket already has
 * the desired content, no fact is requested.
 */
export function questionsAbout({ wanted, recorded, found, isExclusive }: KeyFacts): Questions {
  if (found === undefined) return { content: false, writer: false };
  if (wanted === undefined) {
    const isDecided = recorded !== undefined && (!recorded.isOwn || isKnownByEtag(recorded, isExclusive));
    return { content: false, writer: !isDecided };
  }
  const known = knownSame(wanted, recorded, found);
  return { content: known === undefined, writer: known !== true };
}
