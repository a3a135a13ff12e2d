import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { Bucket, BucketCall, Content, StoredFile, UploadCall } from "../bucket";
import { StorageError } from "../errors";
import { etagOf, isDigest, isDivided, type Part, partsOf } from "../etag";
import { validKey } from "../keys";
import { createSlots } from "../slots";
import { type BucketConnection, type BucketPorts, type Clients, connectBucket, optionsOf } from "./connection";
import { isMissingBucket, isMissingUpload } from "./failures";
import { type Encryption, isEncrypted, removeUnfinished, writerMark, writerOf } from "./writers";

/** The largest number of files that one S3 request can remove. */
const MOST_REMOVED = 1000;

/**
 * The largest number of parts in memory at the same time, for all uploads together. A part has at most 8 MB, except in
 * files above 80 GB.
 */
const PARTS_IN_MEMORY = 6;

/** Opens the account's bucket with the S3 protocol. */
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
      return send({ connection, slots, key, content, call });
    },
    download: (key, etag, offset, call = {}) =>
      connection.run(
        `Reading ${key}`,
        async ({ library, streaming, bucket }) => {
          const range = offset === 0 ? {} : { Range: `bytes=${offset}-` };
          const command = new library.GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: `"${etag}"`, ...range });
          const { Body, ...answer } = await streaming.send(command, optionsOf(call));
          if (Body === undefined) throw new StorageError("LYC6011", `The answer for ${key} has no content.`);
          return { body: Body as Readable, hasDigest: !isEncrypted(answer) && isDigest(etag) };
        },
        call,
      ),
    writerOf: (key, call = {}) =>
      connection.run(`Reading about ${key}`, (clients) => writerOf(clients, key, call), call),
    removeUnfinished: (prefix, isOwn, call = {}) =>
      connection.run("Removing unfinished uploads", (clients) => removeUnfinished(clients, prefix, isOwn, call), call),
    async remove(keys, call = {}) {
      for (let at = 0; at < keys.length; at += MOST_REMOVED) {
        const some = keys.slice(at, at + MOST_REMOVED);
        await connection.run("Removing files", (clients) => removeSome(clients, some, call, ports.redact), call);
      }
    },
    close: () => connection.close(),
  };
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
    // A proxy may answer with its own page. The library would read this page as a list without files.
    if (IsTruncated === undefined || (IsTruncated && (NextContinuationToken ?? "") === ""))
      throw new StorageError("LYC6011", "The answer to the request for the list is not a list.");
    // A key that ends with a slash is not a file. Some clients store such a key for an empty folder.
    const files = Contents.flatMap(({ Key, Size, ETag, LastModified }): readonly StoredFile[] =>
      Key === undefined || Key.endsWith("/")
        ? []
        : [{ key: Key, bytes: Size ?? 0, etag: withoutQuotes(ETag), modified: LastModified?.toISOString() }],
    );
    return { files, next: IsTruncated ? NextContinuationToken : undefined };
  } catch (error) {
    // A new account has no bucket before its first upload. Only the first page of a list can show that the bucket is
    // missing.
    if (token === undefined && isMissingBucket(error)) return { files: [], next: undefined };
    throw error;
  }
}

interface Upload {
  readonly connection: BucketConnection;
  readonly slots: ReturnType<typeof createSlots>;
  readonly key: string;
  readonly content: Content;
  readonly call: UploadCall;
}

function sendWhole({ connection, slots, key, content, call }: Upload): Promise<{ readonly etag: string }> {
  return slots.use(async () => {
    const body = await content.read(0, content.bytes);
    const digest = md5Of(body);
    const put = async ({ library, client, bucket, ensureBucket }: Clients) => {
      await ensureBucket(call);
      const command = new library.PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ...writerMark(call, { key, bytes: content.bytes, md5: digest }),
      });
      return arrived(key, await client.send(command, optionsOf(call)), digest);
    };
    const etag = await connection.run(`Storing ${key}`, put, call);
    call.onBytes?.(content.bytes);
    return { etag };
  }, call.signal);
}

/**
 * Sends content in parts. Each request uses the current credentials, because credentials may expire during the upload.
 */
async function sendParts({ connection, slots, key, content, call }: Upload): Promise<{ readonly etag: string }> {
  const about = `Storing ${key}`;
  const stop = new AbortController();
  const signal = call.signal === undefined ? stop.signal : AbortSignal.any([call.signal, stop.signal]);
  const UploadId = await connection.run(
    about,
    async ({ library, client, bucket, ensureBucket }) => {
      await ensureBucket(call);
      const mark = writerMark(call, { key, bytes: content.bytes });
      const command = new library.CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ...mark });
      const created = await client.send(command, optionsOf(call));
      if (created.UploadId === undefined) throw new StorageError("LYC6011", `The answer for ${key} has no upload.`);
      return created.UploadId;
    },
    call,
  );
  const sendPart = async ({ number, offset, length }: Part) => {
    const body = await content.read(offset, length);
    const digest = md5Of(body);
    const send = async ({ library, client, bucket }: Clients) => {
      const part = { Bucket: bucket, Key: key, UploadId, PartNumber: number, Body: body };
      return arrived(key, await client.send(new library.UploadPartCommand(part), optionsOf({ signal })), digest);
    };
    const etag = await connection.run(about, send, { signal });
    call.onBytes?.(length);
    return { PartNumber: number, ETag: etag, digest };
  };
  try {
    const sent = partsOf(content.bytes).map((part) => slots.use(() => sendPart(part), signal));
    const parts = await allOrFirstError(sent, () => stop.abort());
    const expected = etagOf(
      parts.map(({ digest }) => digest),
      true,
    );
    return { etag: await complete({ connection, key, call }, UploadId, parts, expected) };
  } catch (error) {
    // Removes the parts of the failed upload. They would take space, and no list would show them.
    const abort = ({ library, client, bucket }: Clients) =>
      client.send(new library.AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId }));
    await connection.run(about, abort, {}).catch(() => undefined);
    throw error;
  }
}

function complete(
  { connection, key, call }: Pick<Upload, "connection" | "key" | "call">,
  UploadId: string,
  parts: readonly { readonly PartNumber: number; readonly ETag: string }[],
  expected: string,
): Promise<string> {
  return connection.run(
    `Storing ${key}`,
    async (clients) => {
      const { library, client, bucket } = clients;
      const Parts = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag: `"${ETag}"` }));
      const command = { Bucket: bucket, Key: key, UploadId, MultipartUpload: { Parts } };
      try {
        const answer = await client.send(new library.CompleteMultipartUploadCommand(command), optionsOf(call));
        return arrived(key, answer, undefined);
      } catch (error) {
        if (!isMissingUpload(error)) throw error;
        // An earlier request may have completed the upload, although its answer was lost.
        const { files } = await pageOf(clients, key, undefined, call);
        if (files.some((file) => file.key === key && file.etag === expected)) return expected;
        throw error;
      }
    },
    call,
  );
}

function md5Of(bytes: Uint8Array): Uint8Array {
  return createHash("md5").update(bytes).digest();
}

/**
 * Returns the ETag from the answer to an upload. Throws an error if the answer has no ETag, because such an answer does
 * not come from the bucket. Also throws an error if the ETag shows other content.
 */
function arrived(key: string, answer: Encryption & { readonly ETag?: string | undefined }, sent?: Uint8Array): string {
  const etag = withoutQuotes(answer.ETag);
  if (etag === "") throw new StorageError("LYC6011", `The answer for ${key} does not say that it is stored.`);
  if (sent !== undefined && isDigest(etag) && !isEncrypted(answer) && etag !== etagOf([sent], false))
    throw new StorageError("LYC6010", `${key} arrived with other bytes than were sent.`);
  return etag;
}

/**
 * Waits for all values. After the first error, calls `stop`, waits until all work has ended, and throws the error. So
 * the caller can abort the upload, and no part is sent after that.
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

async function removeSome(
  { library, client, bucket }: Clients,
  keys: readonly string[],
  call: BucketCall,
  redact: BucketPorts["redact"],
): Promise<void> {
  const command = new library.DeleteObjectsCommand({
    Bucket: bucket,
    Delete: { Objects: keys.map((key) => ({ Key: key })), Quiet: true },
  });
  const { Errors = [] } = await client.send(command, optionsOf(call));
  const [first] = Errors;
  if (first === undefined) return;
  const more = Errors.length === 1 ? "" : `, and ${Errors.length - 1} more`;
  const reason = redact(`${first.Code}: ${first.Message}`);
  throw new StorageError("LYC6005", `${first.Key} was not removed (${reason})${more}.`);
}

function withoutQuotes(etag: string | undefined): string {
  return (etag ?? "").replace(/^"|"$/g, "");
}
