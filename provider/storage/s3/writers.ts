import type { BucketCall, UploadCall } from "../bucket";
import { isDigest } from "../etag";
import type { Clients } from "./connection";
import { isMissingFile, isUnsupported } from "./failures";

/**
 * The key of the writer's name in the metadata of a file. Requests send the name in the header
 * `x-amz-meta-lyceum-writer`.
 */
const WRITER = "lyceum-writer";
/** The MD5 digest of what the writer sent, in hexadecimal. Some tools keep the metadata of a file that they change. */
const CONTENT = "lyceum-md5";

/** What an answer says about the encryption of a file. */
export interface Encryption {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
}

/** Whether the server encrypts a file with a key that changes its ETag. */
export function isEncrypted({ ServerSideEncryption, SSECustomerAlgorithm }: Encryption): boolean {
  return SSECustomerAlgorithm !== undefined || ServerSideEncryption?.startsWith("aws:") === true;
}

/** The options of one library request. */
export function optionsOf({ signal }: BucketCall): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

/**
 * The part of a request with which the bucket keeps the writer's name.
 *
 * @param md5 of the content, unless it is sent in parts
 */
export function writerMark({ writer }: UploadCall, md5?: Uint8Array): { readonly Metadata?: Record<string, string> } {
  if (writer === undefined) return {};
  const content = md5 === undefined ? {} : { [CONTENT]: Buffer.from(md5).toString("hex") };
  return { Metadata: { [WRITER]: writer, ...content } };
}

/** The writer's name of a file. A file that was changed since has none. */
export async function writerOf(
  { library, client, bucket }: Clients,
  key: string,
  call: BucketCall,
): Promise<string | undefined> {
  try {
    const command = new library.HeadObjectCommand({ Bucket: bucket, Key: key });
    const { Metadata, ETag = "", ...answer } = await client.send(command, optionsOf(call));
    const [etag, content] = [ETag.replace(/^"|"$/g, ""), Metadata?.[CONTENT]];
    const isChanged = content !== undefined && isDigest(etag) && !isEncrypted(answer) && etag !== content;
    return isChanged ? undefined : Metadata?.[WRITER];
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

/** Removes the parts of uploads that were not completed. */
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

/** Removes the unfinished uploads of one page. Returns the position at which the next page begins. */
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
 * Ignores the error of an operation that the server does not have, or that the account may not use. Throws every other
 * error.
 */
function unlessUnsupported(error: unknown): undefined {
  if (!isUnsupported(error) && !isMissingFile(error)) throw error;
}
