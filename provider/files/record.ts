/** A file in the bucket, as the state records it in the outputs of a resource. */
export interface RecordedFile {
  readonly key: string;
  /** The ETag that the bucket gave to it, or {@link UNANSWERED}. */
  readonly etag: string;
  /** The SHA-256 digest of the file's content in base64url. Empty if the digest is unknown. */
  readonly content: string;
  /** Whether this resource stored the file. Only such files are ever removed. */
  readonly isOwn: boolean;
  /** The difference that the last refresh found. */
  readonly drift?: Drift | undefined;
}

/** In place of an ETag: the file was sent, and no answer came. It may be in the bucket or not. */
export const UNANSWERED = "";

/** What is wrong with a file in the bucket: it is gone, or it has another content. */
export type Drift = "missing" | "changed";

/** The stored files of a resource, by key. */
export type StoredRecord = ReadonlyMap<string, RecordedFile>;

const DRIFT_SIGNS = { missing: "m", changed: "c" } as const satisfies Readonly<Record<Drift, string>>;
/** Marks a file that another writer has stored. */
const SHARED = "s";

/**
 * Writes the list of stored files as one text. Each file has one line, below a line with the file's folder. The line of
 * a folder begins with a slash, because no key does. The folder is written only once, because a state may have 10,000
 * files.
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
