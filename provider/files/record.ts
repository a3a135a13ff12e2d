/** A file in the bucket, as the state records it in the outputs of a resource. */
export interface RecordedFile {
  readonly key: string;
  /** The ETag from the bucket, or {@link UNANSWERED}. */
  readonly etag: string;
  /** The SHA-256 digest of the file's content in base64url. Empty if the digest is unknown. */
  readonly content: string;
  /** Whether this resource stored the file. The provider removes only such files. */
  readonly isOwn: boolean;
  /** The difference that the last refresh found. */
  readonly drift?: Drift | undefined;
}

/** The recorded ETag of a file whose upload got no answer. The bucket may have the file or not. */
export const UNANSWERED = "";

/** The difference between the bucket and the state: the file is missing, or its content has changed. */
export type Drift = "missing" | "changed";

/** The stored files of a resource, by key. */
export type StoredRecord = ReadonlyMap<string, RecordedFile>;

const DRIFT_SIGNS = { missing: "m", changed: "c" } as const satisfies Readonly<Record<Drift, string>>;
/** Marks a file that another writer has stored. */
const SHARED = "s";

/**
 * Writes the list of stored files as one text, with a line for each file. A line that begins with a slash names the
 * folder of the files below it. The line of a file never begins with a slash, because no key does. The folder is not
 * repeated for each file, because a state may have 10,000 files.
 *
 * @param prefix the folder of most files
 */
export function recordText(record: StoredRecord, prefix: string): string {
  const lines: string[] = [];
  let folder: string | undefined;
  for (const file of [...record.values()].sort((one, other) => (one.key < other.key ? -1 : 1))) {
    const own = file.key.startsWith(prefix) ? prefix : "";
    if (own !== folder) lines.push(`/${own}`);
    folder = own;
    const signs = `${file.isOwn ? "" : SHARED}${file.drift === undefined ? "" : DRIFT_SIGNS[file.drift]}`;
    const parts = [file.key.slice(own.length), file.etag, file.content, signs];
    lines.push((signs === "" ? parts.slice(0, 3) : parts).join("\t"));
  }
  return lines.join("\n");
}

/** Reads the list of stored files from a text. */
export function readRecord(text: unknown): Map<string, RecordedFile> {
  const record = new Map<string, RecordedFile>();
  if (typeof text !== "string" || text === "") return record;
  let folder = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("/")) {
      folder = line.slice(1);
      continue;
    }
    const [path = "", etag = "", content = "", signs = ""] = line.split("\t");
    if (path === "") continue;
    const key = `${folder}${path}`;
    const drift = signs.includes(DRIFT_SIGNS.missing)
      ? "missing"
      : signs.includes(DRIFT_SIGNS.changed)
        ? "changed"
        : undefined;
    record.set(key, { key, etag, content, isOwn: !signs.includes(SHARED), ...(drift === undefined ? {} : { drift }) });
  }
  return record;
}
