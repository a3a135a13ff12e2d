import type { S3Client } from "@aws-sdk/client-s3";
import type { Dispatcher } from "undici";
import { openDispatcher } from "../../lyceum/http/connection";
import type { StorageCredentials } from "../../lyceum/port";
import type { Redactor } from "../../secrets";
import { isExpired, isMissingBucket, storageError } from "./failures";
import type * as Library from "./library";
import { requestHandler } from "./request-handler";

/** What the connection to a bucket uses. */
export interface BucketPorts {
  /** Makes new credentials. */
  readonly credentials: (call: { readonly signal?: AbortSignal | undefined }) => Promise<StorageCredentials>;
  /** Redacts secrets in messages of the server. */
  readonly redact: Redactor;
  /** Milliseconds to wait before the given repetition of a request, from 1 on. */
  readonly delay?: (attempt: number) => number;
}

/** Requests to the bucket with valid credentials. */
export interface BucketConnection {
  /**
   * Sends requests. If the credentials have expired, it asks for new ones and does the same once more.
   *
   * @param about what is done, for the error
   */
  run<T>(
    about: string,
    work: (clients: Clients) => Promise<T>,
    call: { readonly signal?: AbortSignal | undefined },
  ): Promise<T>;
  close(): Promise<void>;
}

/** Clients of the library with the same credentials. */
export interface Clients {
  readonly library: typeof Library;
  readonly client: S3Client;
  /** Answers with a stream. */
  readonly streaming: S3Client;
  readonly bucket: string;
  /** Creates the bucket if it does not exist. A new account has none. Asks once. */
  readonly ensureBucket: (call: { readonly signal?: AbortSignal | undefined }) => Promise<void>;
}

/** How often a request is sent, at most. */
const ATTEMPTS = 8;
const LONGEST_DELAY = 16_000;

/** Waits half a second, then twice as long each time. All repetitions of a request take about 50 s. */
const doubling = (attempt: number): number => Math.min(LONGEST_DELAY, 250 * 2 ** attempt);

/** Connects to the account's bucket. It asks for credentials when they are first needed, and keeps them in memory only. */
export function connectBucket({ credentials, redact, delay = doubling }: BucketPorts): BucketConnection {
  let current: Promise<Clients> | undefined;
  const dispatchers = new Map<string, Dispatcher>();

  const connect = async (call: { readonly signal?: AbortSignal | undefined }): Promise<Clients> => {
    const given = await credentials(call);
    let dispatcher = dispatchers.get(given.endpoint);
    if (dispatcher === undefined) {
      dispatcher = openDispatcher(given.endpoint);
      dispatchers.set(given.endpoint, dispatcher);
    }
    return clientsOf(given, dispatcher, delay);
  };
  /** Clients with the current credentials. Concurrent callers share one request for them. */
  const clients = (call: { readonly signal?: AbortSignal | undefined }): Promise<Clients> => {
    current ??= connect(call).catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  };

  return {
    async run(about, work, call) {
      const asked = clients(call);
      try {
        return await work(await asked);
      } catch (error) {
        call.signal?.throwIfAborted();
        if (!isExpired(error)) throw storageError(error, about, redact);
        // Another call may have asked for new credentials since.
        if (current === asked) current = undefined;
        try {
          return await work(await clients(call));
        } catch (again) {
          call.signal?.throwIfAborted();
          throw storageError(again, about, redact);
        }
      }
    },
    async close() {
      // An answer that nobody has read to its end would keep a connection, and this call, open.
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function clientsOf(given: StorageCredentials, dispatcher: Dispatcher, delay: (attempt: number) => number): Clients {
  // The package keeps working on Node 20, which the library still supports, but announces the end of at each start.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const library = require("./library") as typeof Library;
  const clientWith = (streams: boolean): S3Client =>
    new library.S3Client({
      endpoint: given.endpoint,
      region: given.region,
      // An account's server need not have a host name for each bucket.
      forcePathStyle: true,
      credentials: {
        accessKeyId: given.accessKey,
        secretAccessKey: given.secretKey,
        sessionToken: given.sessionToken,
      },
      requestHandler: requestHandler({ dispatcher, streams }) as never,
      retryStrategy: new library.ConfiguredRetryStrategy(ATTEMPTS, delay),
      // The settings of another service of the user must not change the address.
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      // The library would wait for an answer before it sends a large body.
      expectContinueHeader: false,
      // The signature has the SHA-256 of the body. Many S3 servers do not know the checksums after it.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    });
  const client = clientWith(false);
  let ensured: Promise<void> | undefined;
  return {
    library,
    client,
    streaming: clientWith(true),
    bucket: given.bucket,
    ensureBucket: ({ signal }) => {
      ensured ??= createIfMissing(library, client, given.bucket, signal).catch((error: unknown) => {
        ensured = undefined;
        throw error;
      });
      return ensured;
    },
  };
}

async function createIfMissing(
  library: typeof Library,
  client: S3Client,
  bucket: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = signal === undefined ? {} : { abortSignal: signal };
  try {
    await client.send(new library.HeadBucketCommand({ Bucket: bucket }), options);
  } catch (error) {
    signal?.throwIfAborted();
    // The answer to HEAD has no text. The request that follows shows why it was refused.
    if (!isMissingBucket(error)) return;
    await client.send(new library.CreateBucketCommand({ Bucket: bucket }), options);
  }
}
