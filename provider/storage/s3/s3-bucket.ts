import type { Readable } from "node:stream";
import type { Bucket, BucketCall, Content, StoredFile, UploadCall } from "../bucket";
import { StorageError } from "../errors";
import { isDigest, isDivided, type Part, partsOf } from "../etag";
import { validKey } from "../keys";
import { createSlots } from "../slots";
import { type BucketPorts, type Clients, connectBucket } from "./connection";
import { isMissing } from "./failures";

/** How many files one request can remove (S3). */
const MOST_REMOVED = 1000;

/** Parts in memory at the same time, of all uploads together. Each has at most 8 MB, or more for files above 80 GB. */
const PARTS_IN_MEMORY = 6;

/** The account's bucket by the S3 protocol. */
export function openBucket(ports: BucketPorts): Bucket {
  const connection = connectBucket(ports);
  const slots = createSlots(PARTS_IN_MEMORY);
  return {
    async *list(prefix, call = {}) {
      let token: string | undefined;
      do {
        const page = await connection.run(
          "Listing the bucket",
          (clients) => pageOf(clients, prefix, token, call),
          call,
        );
        yield* page.files;
        token = page.next;
      } while (token !== undefined);
    },
    upload(key, content, call = {}) {
      validKey(key);
      const send = isDivided(content.bytes) ? sendParts : sendWhole;
      return connection.run(`Storing ${key}`, (clients) => send({ ...clients, slots, key, content, call }), call);
    },
    download: (key, etag, offset, call = {}) =>
      connection.run(
        `Reading ${key}`,
        async ({ library, streaming, bucket }) => {
          const range = offset === 0 ? {} : { Range: `bytes=${offset}-` };
          const command = new library.GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: `"${etag}"`, ...range });
          const { Body, ServerSideEncryption, SSECustomerAlgorithm } = await streaming.send(command, optionsOf(call));
          if (Body === undefined) throw new StorageError("LYC6010", `The answer for ${key} has no content.`);
          const isEncrypted = SSECustomerAlgorithm !== undefined || ServerSideEncryption?.startsWith("aws:") === true;
          return { body: Body as Readable, hasDigest: !isEncrypted && isDigest(etag) };
        },
        call,
      ),
    async remove(keys, call = {}) {
      for (let at = 0; at < keys.length; at += MOST_REMOVED) {
        const some = keys.slice(at, at + MOST_REMOVED);
        await connection.run("Removing files", (clients) => removeSome(clients, some, call), call);
      }
    },
    close: () => connection.close(),
  };
}

function optionsOf({ signal }: BucketCall): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

async function pageOf(
  { library, client, bucket }: Clients,
  prefix: string,
  token: string | undefined,
  call: BucketCall,
): Promise<{ readonly files: readonly StoredFile[]; readonly next: string | undefined }> {
  const command = new library.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token });
  try {
    const { Contents = [], IsTruncated, NextContinuationToken } = await client.send(command, optionsOf(call));
    // A key that ends with a slash is how some clients show an empty folder.
    const files = Contents.flatMap(({ Key, Size, ETag, LastModified }): readonly StoredFile[] =>
      Key === undefined || Key.endsWith("/")
        ? []
        : [{ key: Key, bytes: Size ?? 0, etag: withoutQuotes(ETag), modified: LastModified?.toISOString() }],
    );
    return { files, next: IsTruncated === true ? NextContinuationToken : undefined };
  } catch (error) {
    // The bucket of a new account does not exist before the first upload.
    if (isMissing(error)) return { files: [], next: undefined };
    throw error;
  }
}

interface Upload extends Clients {
  readonly slots: ReturnType<typeof createSlots>;
  readonly key: string;
  readonly content: Content;
  readonly call: UploadCall;
}

async function sendWhole({ library, client, bucket, ensureBucket, slots, key, content, call }: Upload) {
  await ensureBucket();
  return slots.use(async () => {
    const body = await content.read(0, content.bytes);
    const command = new library.PutObjectCommand({ Bucket: bucket, Key: key, Body: body });
    const { ETag } = await client.send(command, optionsOf(call));
    call.onBytes?.(content.bytes);
    return { etag: withoutQuotes(ETag) };
  });
}

async function sendParts({ library, client, bucket, ensureBucket, slots, key, content, call }: Upload) {
  await ensureBucket();
  const target = { Bucket: bucket, Key: key };
  const { UploadId } = await client.send(new library.CreateMultipartUploadCommand(target), optionsOf(call));
  const upload = { ...target, UploadId };
  const stop = new AbortController();
  const signal = call.signal === undefined ? stop.signal : AbortSignal.any([call.signal, stop.signal]);
  const sendPart = async ({ number, offset, length }: Part) => {
    const body = await content.read(offset, length);
    const command = new library.UploadPartCommand({ ...upload, PartNumber: number, Body: body });
    const { ETag } = await client.send(command, optionsOf({ signal }));
    call.onBytes?.(length);
    return { PartNumber: number, ETag };
  };
  try {
    const sent = partsOf(content.bytes).map((part) => slots.use(() => sendPart(part), signal));
    const parts = await allOrFirstError(sent, () => stop.abort());
    const command = new library.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } });
    const { ETag } = await client.send(command, optionsOf(call));
    return { etag: withoutQuotes(ETag) };
  } catch (error) {
    // Parts of an upload that nobody completes take space, and no listing shows them.
    await client.send(new library.AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

/**
 * All values, or the first error. Then it stops the rest and waits for its end, so that no part is sent after an abort
 * of the upload.
 */
async function allOrFirstError<T>(work: readonly Promise<T>[], stop: () => void): Promise<T[]> {
  try {
    return await Promise.all(work);
  } catch (error) {
    stop();
    await Promise.allSettled(work);
    throw error;
  }
}

async function removeSome({ library, client, bucket }: Clients, keys: readonly string[], call: BucketCall) {
  const command = new library.DeleteObjectsCommand({
    Bucket: bucket,
    Delete: { Objects: keys.map((key) => ({ Key: key })), Quiet: true },
  });
  const { Errors = [] } = await client.send(command, optionsOf(call));
  const [first] = Errors;
  if (first === undefined) return;
  const more = Errors.length === 1 ? "" : `, and ${Errors.length - 1} more`;
  throw new StorageError("LYC6005", `${first.Key} was not removed (${first.Code}: ${first.Message})${more}.`);
}

function withoutQuotes(etag: string | undefined): string {
  return (etag ?? "").replace(/^"|"$/g, "");
}
