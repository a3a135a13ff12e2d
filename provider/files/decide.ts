import { type RecordedFile, UNANSWERED } from "./record";

/** Who put a file into the bucket, by the name that the bucket keeps with it. `none`: it has no name. */
export type Writer = "own" | "other" | "none";

/** What is known of one key. */
export interface KeyFacts {
  /** SHA-256 of the local file; undefined if the source has no such file. */
  readonly wanted?: string | undefined;
  /** What the state records. */
  readonly recorded?: RecordedFile | undefined;
  /** The file in the bucket; undefined if there is none. */
  readonly found?: FoundFile | undefined;
}

/** A file in the bucket. Content and writer are only known where {@link questionsAbout} asked. */
export interface FoundFile {
  readonly etag: string;
  /** Whether it has the content of the local file. */
  readonly isSame?: boolean | undefined;
  readonly writer?: Writer | undefined;
}

/** What happens to one key. */
export type Action =
  /** Store the local file. */
  | "put"
  /** The bucket has the content already, and this resource put it there. */
  | "keep"
  /** The bucket has the content already, and somebody else put it there: it is used, and never removed. */
  | "share"
  /** Remove it from the bucket. */
  | "remove"
  /** Leave it in the bucket, and say so: somebody else has changed it. */
  | "leave"
  /** Nothing: it is no longer in the record. */
  | "forget"
  /** Somebody else's file with another content: nothing is sent. */
  | "refuse";

/**
 * What happens to a key. The first row that fits counts. "Unchanged" means that the bucket's ETag is the recorded one.
 *
 * | source has it | in the bucket | recorded | same content | writer | action |
 * |---|---|---|---|---|---|
 * | yes | no             |        |     |             | put |
 * | yes | yes, unchanged | own    | yes |             | keep |
 * | yes | yes, unchanged | own    | no  |             | put |
 * | yes | yes, unchanged | shared | yes |             | share |
 * | yes | yes            |        | yes | own         | keep |
 * | yes | yes            | own    | yes | none        | keep: the bucket keeps no names, and a killed command has stored it |
 * | yes | yes            |        | yes | other, none | share |
 * | yes | yes            |        | no  | own         | put |
 * | yes | yes            | own    | no  | none        | put: somebody has changed the file, and nobody claims it |
 * | yes | yes            |        | no  | other, none | refuse |
 * | no  | no             |        |     |             | forget |
 * | no  | yes            | shared |     |             | forget |
 * | no  | yes, unchanged | own    |     |             | remove |
 * | no  | yes            | no     |     |             | leave: a resource that has been renamed has the name of a new one with its former name |
 * | no  | yes            | own    |     | own         | remove |
 * | no  | yes            |        |     | other, none | leave |
 */
export function decide({ wanted, recorded, found }: KeyFacts): Action {
  if (wanted === undefined) {
    if (found === undefined || recorded?.isOwn === false) return "forget";
    if (recorded === undefined) return "leave";
    return recorded.etag === found.etag || found.writer === "own" ? "remove" : "leave";
  }
  if (found === undefined) return "put";
  if (recorded?.etag === found.etag) {
    const isSame = recorded.content === wanted;
    if (recorded.isOwn) return isSame ? "keep" : "put";
    if (isSame) return "share";
  }
  // Without an answer, nothing proves that the file was ever that of this resource.
  const isUnclaimed = found.writer === "none" && recorded?.isOwn === true && recorded.etag !== UNANSWERED;
  const isOwn = found.writer === "own" || isUnclaimed;
  if (found.isSame === true) return isOwn ? "keep" : "share";
  return isOwn ? "put" : "refuse";
}

/** What has to be found out about a file in the bucket before {@link decide} can answer. */
export interface Questions {
  readonly content: boolean;
  readonly writer: boolean;
}

/** The questions about a key. Most keys have none: their ETag is the recorded one. */
export function questionsAbout({ wanted, recorded, found }: KeyFacts): Questions {
  if (found === undefined) return { content: false, writer: false };
  const isUnchanged = recorded?.etag === found.etag;
  if (wanted === undefined) return { content: false, writer: !isUnchanged && recorded?.isOwn !== false };
  if (isUnchanged && (recorded.isOwn || recorded.content === wanted)) return { content: false, writer: false };
  return { content: true, writer: true };
}
