import { createHash } from "node:crypto";
import type { BucketCall, UploadCall } from "../bucket";
import { isDigest } from "../etag";
import { type Clients, optionsOf } from "./connection";
import { isMissingFile, isUnsupported } from "./failures";

/**
 * The metadata of a file in which the bucket stores the name of the writer: the resource that uploaded the file.
 * Requests send it in the header `x-amz-meta-lyceum-writer`.
 */
const WRITER = "lyceum-writer";
/**
 * The metadata about the content and the key of an upload. Some tools keep this metadata when they change, copy or move
 * a file. So if the metadata does not describe the file, `writerOf` returns no writer.
 */
const SENT = {
  /** The MD5 digest of the content in hexadecimal. Absent if the content was sent in parts. */
  md5: "lyceum-md5",
  bytes: "lyceum-bytes",
  /** A digest of the file's key. The key itself may have other characters than ASCII, and metadata must be ASCII. */
  key: "lyceum-key",
} as const;

/** The fields of an answer about the encryption of a file. */
export interface Encryption {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
}

/**
 * Returns true if the server encrypts a file in a way that changes its ETag: it is then not an MD5 digest of the
 * content.
 */
export function isEncrypted({ ServerSideEncryption, SSECustomerAlgorithm }: Encryption): boolean {
  return SSECustomerAlgorithm !== undefined || ServerSideEncryption?.startsWith("aws:") === true;
}

/** What is known about the content of an upload before the first request. */
export interface Sent {
  readonly key: string;
  readonly bytes: number;
  /** Absent if the content is sent in parts. */
  readonly md5?: Uint8Array;
}

/** Returns the metadata of an upload, with the name of its writer. */
export function writerMark(
  { writer }: UploadCall,
  { key, bytes, md5 }: Sent,
): { readonly Metadata?: Record<string, string> } {
  if (writer === undefined) return {};
  const content = md5 === undefined ? {} : { [SENT.md5]: Buffer.from(md5).toString("hex") };
  return { Metadata: { [WRITER]: writer, [SENT.key]: digestOf(key), [SENT.bytes]: String(bytes), ...content } };
}

function digestOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}

/**
 * Returns the name that the writer of a file stored with it. Returns `undefined` if the file does not exist or has no
 * such name, or if it was changed, copied or moved after its upload.
 */
export async function writerOf(
  { library, client, bucket }: Clients,
  key: string,
  call: BucketCall,
): Promise<string | undefined> {
  try {
    const command = new library.HeadObjectCommand({ Bucket: bucket, Key: key });
    const { Metadata = {}, ETag = "", ContentLength, ...answer } = await client.send(command, optionsOf(call));
    const etag = ETag.replace(/^"|"$/g, "");
    const md5 = Metadata[SENT.md5];
    const isChanged =
      isOther(Metadata[SENT.key], digestOf(key)) ||
      isOther(Metadata[SENT.bytes], ContentLength === undefined ? undefined : String(ContentLength)) ||
      (isDigest(etag) && !isEncrypted(answer) && isOther(md5, etag));
    return isChanged ? undefined : Metadata[WRITER] || undefined;
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

function isOther(sent: string | undefined, found: string | undefined): boolean {
  return sent !== undefined && found !== undefined && sent !== found;
}

/** Removes the parts of unfinished uploads to keys that begin with `prefix`, if `isOwn` returns true for the key. */
export async function removeUnfinished(
  clients: Clients,
  prefix: string,
  isOwn: (key: string) => boolean,
  call: BucketCall,
): Promise<void> {
  let from: From | undefined = {};
  while (from !== undefined) from = await removePage(clients, prefix, isOwn, from, call);
}

/** The position at which a page of unfinished uploads begins. */
interface From {
  readonly KeyMarker?: string;
  readonly UploadIdMarker?: string;
}

/**
 * Removes the unfinished uploads on one page of the list whose key is that of an own file (`isOwn`). Returns where the
 * next page begins, or `undefined` if this page is the last one.
 */
async function removePage(
  { library, client, bucket }: Clients,
  prefix: string,
  isOwn: (key: string) => boolean,
  from: From,
  call: BucketCall,
): Promise<From | undefined> {
  const command = new library.ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix, ...from });
  const page = await client.send(command, optionsOf(call)).catch(unlessUnsupported);
  for (const { Key, UploadId } of page?.Uploads ?? []) {
    if (Key === undefined || UploadId === undefined || !isOwn(Key)) continue;
    const abort = new library.AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId });
    await client.send(abort, optionsOf(call)).catch(unlessUnsupported);
  }
  const { IsTruncated, NextKeyMarker, NextUploadIdMarker } = page ?? {};
  if (IsTruncated !== true || NextKeyMarker === undefined || NextKeyMarker === from.KeyMarker) return undefined;
  return {
    KeyMarker: NextKeyMarker,
    ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
  };
}

/**
 * Ignores the error if the server does not have the operation, does not allow it, or no longer has the upload. Throws
 * every other error.
 */
function unlessUnsupported(error: unknown): undefined {
  if (!isUnsupported(error) && !isMissingFile(error)) throw error;
}
