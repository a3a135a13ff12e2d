import type { BucketCall, UploadCall } from "../bucket";
import type { Clients } from "./connection";
import { isMissingFile, isUnsupported } from "./failures";

/** The name of the writer in the metadata of a file: the header `x-amz-meta-lyceum-writer`. */
const WRITER = "lyceum-writer";

/** The options of a request of the library. */
export function optionsOf({ signal }: BucketCall): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

/** The part of a request with which the bucket keeps the writer's name. */
export function writerMark({ writer }: UploadCall): { readonly Metadata?: Record<string, string> } {
  return writer === undefined ? {} : { Metadata: { [WRITER]: writer } };
}

/** The writer's name of a file. */
export async function writerOf(
  { library, client, bucket }: Clients,
  key: string,
  call: BucketCall,
): Promise<string | undefined> {
  try {
    const { Metadata } = await client.send(
      new library.HeadObjectCommand({ Bucket: bucket, Key: key }),
      optionsOf(call),
    );
    return Metadata?.[WRITER];
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

/** Ends uploads in parts that were not completed. */
export async function removeUnfinished(
  clients: Clients,
  prefix: string,
  isOwn: (key: string) => boolean,
  call: BucketCall,
): Promise<void> {
  let from: From | undefined = {};
  while (from !== undefined) from = await removePage(clients, prefix, isOwn, from, call);
}

/** Where a page of unfinished uploads begins. */
interface From {
  readonly KeyMarker?: string;
  readonly UploadIdMarker?: string;
}

/** Ends the uploads of one page. Returns where the next page begins. */
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

/** Not every server has these operations, and not every account may use them. */
function unlessUnsupported(error: unknown): undefined {
  if (!isUnsupported(error) && !isMissingFile(error)) throw error;
}
