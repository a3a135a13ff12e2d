import { type Bucket, type BucketCall, StorageError } from "../../storage";
import { readRecord, recordText, type StoredRecord } from "..";

/**
 * The lists of the files that a resource has stored for its runs. The bucket keeps these lists, so that a later command
 * finds the files of a killed command, and removes no file that another run needs.
 *
 * | name | lists |
 * |---|---|
 * | `RUN.sent` | all files of a run whose start may have been sent |
 * | `RUN.storing` | the files for a run that was certainly not started: some of these files may be missing |
 * | `kept` | files of a deleted run that the next run needs |
 */
export interface Manifests {
  /** Names of runs that Lyceum may have started: the names of the lists `RUN.sent`, without `.sent`. */
  readonly sent: readonly string[];
  /** The names of the lists `RUN.storing` and `kept`. The next create or deletion uses or removes their files. */
  readonly unsettled: readonly string[];
}

const SENT = ".sent";
/** The name of the list of files that a deleted run has left for the next run. */
export const KEPT = "kept";

/** Returns the name of the list of files for a run whose start may have been sent. */
export function sentName(run: string): string {
  return `${run}${SENT}`;
}

/** Returns the name of a list in the bucket: the list of the files that are being stored for a run. */
export function storingName(run: string): string {
  return `${run}.storing`;
}

/** Functions that read and write the lists of files of one resource. */
export interface ManifestFolder {
  /** Returns the names of all lists of files that the bucket has for the resource. */
  list(): Promise<Manifests>;
  /** Reads the list with this name. If the list does not exist, returns an empty list. */
  read(name: string): Promise<StoredRecord>;
  write(name: string, record: StoredRecord): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
}

/**
 * Makes the functions that read and write the lists of files of a resource. `read` and `remove` find a list only after
 * a call of `list` or `write`.
 *
 * @param resource the folder of the resource, with a slash at its end
 */
export function manifestsOf(bucket: Bucket, resource: string, call: BucketCall): ManifestFolder {
  const folder = `${resource}manifests/`;
  const etags = new Map<string, string>();
  return {
    async list() {
      for await (const { key, etag } of bucket.list(folder, call)) etags.set(key.slice(folder.length), etag);
      const names = [...etags.keys()];
      return {
        sent: names.filter((name) => name.endsWith(SENT)).map((name) => name.slice(0, -SENT.length)),
        unsettled: names.filter((name) => !name.endsWith(SENT)),
      };
    },
    async read(name) {
      const etag = etags.get(name);
      return readRecord(etag === undefined ? "" : await textOf(bucket, `${folder}${name}`, etag, call));
    },
    async write(name, record) {
      const text = Buffer.from(recordText(record, resource));
      const read = async (offset: number, length: number) => text.subarray(offset, offset + length);
      const { etag } = await bucket.upload(`${folder}${name}`, { bytes: text.length, read }, call);
      etags.set(name, etag);
    },
    async remove(names) {
      const there = names.filter((name) => etags.delete(name));
      await bucket.remove(
        there.map((name) => `${folder}${name}`),
        call,
      );
    },
  };
}

/** The size limit of a list of stored files, in bytes. A larger list is not read. */
const LARGEST = 64 * 1024 * 1024;

async function textOf(bucket: Bucket, key: string, etag: string, call: BucketCall): Promise<string> {
  const { body } = await bucket.download(key, etag, 0, call);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > LARGEST) throw new StorageError("LYC6011", `${key} is larger than a list of files can be.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
