import type { StorageCredentials } from "../../../lyceum/port";
import { createRedactor } from "../../../secrets";
import type { Bucket, Content, StoredFile } from "../../bucket";
import { type Received, type ScriptedServer, type Step, scriptedServer } from "../../testing/scripted-server";
import { openBucket } from "../s3-bucket";

/** The secret key of the credentials, which no message may contain. */
export const SECRET_KEY = "secret-key-Kq82hTz91";
/** The number of bytes in a mebibyte. */
export const MEBIBYTE = 1024 * 1024;

let server: ScriptedServer | undefined;
let bucket: Bucket | undefined;
/** Closes the bucket and the server that the last call of {@link opened} has opened. */
export async function closeOpened(): Promise<void> {
  await bucket?.close();
  await server?.close();
}

/**
 * Opens a bucket at a server that gives the answers of `answer`. The result also counts the requests for credentials.
 */
export async function opened(answer: (request: Received, before: readonly Received[]) => Step) {
  const running = await scriptedServer(answer);
  server = running;
  let asked = 0;
  const credentials = async (): Promise<StorageCredentials> => {
    asked += 1;
    return {
      accessKey: `key-${asked}`,
      secretKey: SECRET_KEY,
      sessionToken: `token-${asked}`,
      endpoint: running.endpoint,
      bucket: "acc",
      region: "us-east-1",
    };
  };
  bucket = openBucket({ credentials, redact: createRedactor([SECRET_KEY]), delay: () => 0 });
  return { bucket, received: running.received, asked: () => asked };
}

/** Content in memory. */
export const contentOf = (text: string | Buffer): Content => {
  const bytes = Buffer.from(text);
  return { bytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
};
/** An answer with status 200. */
export const ok = (body = "", headers: Readonly<Record<string, string>> = {}): Step => ({ status: 200, body, headers });
/** The answer to a request that stores a file. */
export const stored = ok("", { etag: '"etag-of-a"' });
/** The method, path and query of each request, such as `PUT /acc/a?x-id=PutObject`. */
export const lines = (received: readonly Received[]) => received.map(({ method, url }) => `${method} ${url}`);
const entry = (key: string) =>
  `<Contents><Key>${key}</Key><Size>3</Size><ETag>&quot;e-${key}&quot;</ETag><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`;
/** An answer with one page of a list. `next` is the token for the next page. Without `next`, this page is the last. */
export const page = (keys: readonly string[], next?: string): Step =>
  ok(
    `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${keys.map(entry).join("")}${next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>`,
  );
/** Returns all files in a bucket whose keys begin with `prefix`. */
export const listed = async (from: Bucket, prefix = ""): Promise<StoredFile[]> => {
  const files = [];
  for await (const file of from.list(prefix)) files.push(file);
  return files;
};
