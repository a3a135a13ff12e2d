import { toIso } from "../../clock/clock";
import { BUCKET_NAME } from "../bucket";
import { S3Error } from "../errors";
import { type XmlChild, xmlDocument } from "../protocol/xml";
import { parameter, uriEncoded } from "../signature/encoding";
import type { StoredObject } from "../store/object";
import type { WalkFrom } from "../store/walk";
import { type BucketCall, type BucketOperation, countOf, xmlAnswer } from "./call";

/** The largest number of items on a page, as in S3. */
const LARGEST_PAGE = 1000;

/** The position at which a page begins: after the key `after`, and after all keys that begin with `passOver`. */
interface Position {
  readonly after: string;
  readonly passOver?: string | undefined;
}

interface Page {
  readonly objects: readonly StoredObject[];
  readonly prefixes: readonly string[];
  /** The position at which the next page begins. Undefined on the last page. */
  readonly next?: Position;
}

/** Lists objects in pages. A token in the answer shows where the next page begins. */
export const listObjectsV2: BucketOperation = async (call) => {
  const { query } = call;
  const token = parameter(query, "continuation-token");
  const startAfter = parameter(query, "start-after") ?? "";
  const { page, fields, most, name } = await listed(
    call,
    token === undefined ? { after: startAfter } : positionOf(token),
  );
  return xmlAnswer(
    xmlDocument("ListBucketResult", [
      ...fields,
      ["KeyCount", page.objects.length + page.prefixes.length],
      ["MaxKeys", most],
      ["StartAfter", startAfter === "" ? undefined : name(startAfter)],
      ["ContinuationToken", token],
      ["NextContinuationToken", page.next && tokenOf(page.next)],
      ...contents(page, name),
    ]),
  );
};

/** Lists objects in pages. The last name of a page shows where the next page begins. */
export const listObjects: BucketOperation = async (call) => {
  const marker = parameter(call.query, "marker") ?? "";
  const delimiter = parameter(call.query, "delimiter") ?? "";
  const isPrefix = delimiter !== "" && marker.endsWith(delimiter);
  const { page, fields, most, name } = await listed(call, { after: marker, passOver: isPrefix ? marker : undefined });
  const next = page.next && (page.next.passOver ?? page.next.after);
  return xmlAnswer(
    xmlDocument("ListBucketResult", [
      ...fields,
      ["MaxKeys", most],
      ["Marker", name(marker)],
      ["NextMarker", next && name(next)],
      ...contents(page, name),
    ]),
  );
};

async function listed(call: BucketCall, position: Position) {
  const { query, pageSize = LARGEST_PAGE } = call;
  const most = countOf(query, "max-keys", LARGEST_PAGE);
  if (most === undefined) throw new S3Error("InvalidArgument", "max-keys must be a number from 0.");
  const [prefix, delimiter] = [parameter(query, "prefix") ?? "", parameter(query, "delimiter") ?? ""];
  const encoding = parameter(query, "encoding-type");
  if (encoding !== undefined && encoding !== "url") throw new S3Error("InvalidArgument", "encoding-type must be url.");
  const name = (text: string) => (encoding === undefined ? text : uriEncoded(text).replaceAll("%2F", "/"));
  const page = await pageOf(call, { prefix, ...position }, delimiter, Math.min(most, pageSize));
  const fields: XmlChild[] = [
    ["Name", BUCKET_NAME],
    ["Prefix", name(prefix)],
    ["Delimiter", delimiter === "" ? undefined : name(delimiter)],
    ["EncodingType", encoding],
    ["IsTruncated", page.next !== undefined],
  ];
  return { page, fields, most, name };
}

async function pageOf({ bucket }: BucketCall, from: WalkFrom, delimiter: string, most: number): Promise<Page> {
  const objects: StoredObject[] = [];
  const prefixes: string[] = [];
  let last: Position = from;
  if (most === 0) return { objects, prefixes };
  for await (const key of bucket.objects.keys(from)) {
    const at = delimiter === "" ? -1 : key.indexOf(delimiter, from.prefix.length);
    const object = at < 0 ? await bucket.objects.find(key) : undefined;
    // A run may have removed the file after the listing began. Such a file is skipped.
    if (at < 0 && object === undefined) continue;
    if (objects.length + prefixes.length === most) return { objects, prefixes, next: last };
    if (object !== undefined) {
      objects.push(object);
      last = { after: key };
    } else {
      const common = key.slice(0, at + delimiter.length);
      prefixes.push(common);
      // The listing skips all other keys with this prefix.
      from.passOver = common;
      last = { after: key, passOver: common };
    }
  }
  return { objects, prefixes };
}

function contents({ objects, prefixes }: Page, name: (text: string) => string): readonly XmlChild[] {
  return [
    ...objects.map(({ key, modified, etag, size }): XmlChild => {
      const fields: XmlChild[] = [
        ["Key", name(key)],
        ["LastModified", toIso(modified)],
        ["ETag", `"${etag}"`],
        ["Size", size],
        ["StorageClass", "STANDARD"],
      ];
      return ["Contents", fields];
    }),
    ...prefixes.map((prefix): XmlChild => ["CommonPrefixes", [["Prefix", name(prefix)]]]),
  ];
}

function tokenOf({ after, passOver }: Position): string {
  return Buffer.from(JSON.stringify([after, passOver ?? ""])).toString("base64url");
}

function positionOf(token: string): Position {
  try {
    const [after, passOver] = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as unknown[];
    if (typeof after === "string" && typeof passOver === "string") return { after, passOver: passOver || undefined };
  } catch {
    // This emulator did not make the token, so the token is not valid.
  }
  throw new S3Error("InvalidArgument", "The continuation token provided is incorrect");
}
