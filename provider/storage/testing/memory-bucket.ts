import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Bucket, StoredFile } from "../bucket";
import { StorageError } from "../errors";
import { fingerprintOf } from "../etag";

/** A bucket in memory, for tests of functions that use a bucket. */
export interface MemoryBucket extends Bucket {
  /** The contents of the files, by key. A test may change these contents. */
  readonly contents: Map<string, Buffer>;
  /** The keys of all uploads, in the order of the uploads. */
  readonly uploaded: string[];
  /**
   * Makes the next downloads break off, in order. Each number is how many bytes arrive before the connection breaks.
   */
  readonly breaksAfter: number[];
  /** The writers' names, by key. A test may change these names. */
  readonly writers: Map<string, string>;
  /** The keys whose writer's name was requested. */
  readonly asked: string[];
  /** The argument `offset` of each call of `download`, in the order of the calls. */
  readonly offsets: number[];
}

/** Makes a bucket in memory whose ETags are those that S3 makes. */
export function memoryBucket(given: Readonly<Record<string, string>> = {}): MemoryBucket {
  const contents = new Map(Object.entries(given).map(([key, text]) => [key, Buffer.from(text)]));
  const bucket: MemoryBucket = {
    contents,
    uploaded: [],
    breaksAfter: [],
    offsets: [],
    writers: new Map(),
    asked: [],
    async *list(prefix) {
      for (const key of [...contents.keys()].sort()) if (key.startsWith(prefix)) yield await storedFile(contents, key);
    },
    async upload(key, content, { onBytes, writer } = {}) {
      const body = Buffer.from(await content.read(0, content.bytes));
      contents.set(key, body);
      if (writer === undefined) bucket.writers.delete(key);
      else bucket.writers.set(key, writer);
      bucket.uploaded.push(key);
      onBytes?.(body.length);
      return storedFile(contents, key);
    },
    async download(key, etag, offset) {
      bucket.offsets.push(offset);
      const current = await storedFile(contents, key);
      if (current.etag !== etag) throw new StorageError("LYC6007", `${key} is another one now.`);
      const rest = contents.get(key)?.subarray(offset) ?? Buffer.alloc(0);
      const most = bucket.breaksAfter.shift();
      return { body: most === undefined ? Readable.from([rest]) : breaking(rest.subarray(0, most)), hasDigest: true };
    },
    async writerOf(key) {
      bucket.asked.push(key);
      return bucket.writers.get(key);
    },
    async removeUnfinished() {},
    async remove(keys) {
      for (const key of keys) contents.delete(key);
    },
    close: async () => undefined,
  };
  return bucket;
}

/** The ETag of a text, as S3 makes it for a small file. */
export function etagOfText(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

async function storedFile(contents: ReadonlyMap<string, Buffer>, key: string): Promise<StoredFile> {
  const body = contents.get(key);
  if (body === undefined) throw new StorageError("LYC6006", `${key} does not exist.`);
  const read = async (offset: number, length: number) => body.subarray(offset, offset + length);
  const { etag } = await fingerprintOf({ bytes: body.length, read });
  return { key, bytes: body.length, etag, modified: "2026-01-02T03:04:05.000Z" };
}

function breaking(bytes: Uint8Array): Readable {
  return Readable.from(
    (async function* () {
      if (bytes.length > 0) yield bytes;
      throw Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
    })(),
  );
}
