import { setMaxListeners } from "node:events";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Dispatcher } from "undici";
import { openDispatcher } from "../../lyceum/http/connection";
import type { StorageCredentials } from "../../lyceum/port";
import type { Redactor } from "../../secrets";
import type { BucketCall } from "../bucket";
import { isExpired, isMissingBucket, storageError } from "./failures";
import type * as Library from "./library";
import { requestHandler } from "./request-handler";

/** The dependencies of the connection to a bucket. */
export interface BucketPorts {
  /** Makes new credentials at each call. */
  readonly credentials: (call: { readonly signal?: AbortSignal | undefined }) => Promise<StorageCredentials>;
  /** Redacts secrets in the server's messages. */
  readonly redact: Redactor;
  /** Returns the milliseconds to wait before a retry. `attempt` is 1 for the first retry. */
  readonly delay?: (attempt: number) => number;
}

/** A connection to the bucket that sends requests with valid credentials. */
export interface BucketConnection {
  /**
   * Runs `work`, which sends requests. If the credentials have expired, requests new credentials and runs `work` once
   * more.
   *
   * @param about what `work` does, for the message of an error
   */
  run<T>(
    about: string,
    work: (clients: Clients) => Promise<T>,
    call: { readonly signal?: AbortSignal | undefined },
  ): Promise<T>;
  close(): Promise<void>;
}

/** The S3 library, and its clients with the current credentials. */
export interface Clients {
  readonly library: typeof Library;
  readonly client: S3Client;
  /** A client that returns the bodies of answers as streams. */
  readonly streaming: S3Client;
  readonly bucket: string;
  /**
   * Creates the bucket if it does not exist, because a new account has no bucket. After a call that succeeds, further
   * calls do nothing.
   */
  readonly ensureBucket: (call: { readonly signal?: AbortSignal | undefined }) => Promise<void>;
}

/** The largest number of times that a request is sent with the same credentials. */
const ATTEMPTS = 8;
const LONGEST_DELAY = 16_000;

/**
 * The milliseconds before a retry: half a second before the first retry, and then twice as long each time, up to 16 s.
 * The waits before all retries of a request take about 50 s.
 */
const doubling = (attempt: number): number => Math.min(LONGEST_DELAY, 250 * 2 ** attempt);

/**
 * Makes a connection to the account's bucket. Credentials are requested when they are first needed, and are kept only
 * in memory.
 */
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
  /** Returns clients with the current credentials. Concurrent callers share one request for credentials. */
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
        // If another call has already requested new credentials, these new credentials stay.
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
      // `dispatcher.close()` would wait for ever if an answer was not read to its end.
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function clientsOf(given: StorageCredentials, dispatcher: Dispatcher, delay: (attempt: number) => number): Clients {
  // The S3 library works on Node 20, but warns at each start that it will end this support. The variable turns the
  // warning off.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const library = require("./library") as typeof Library;
  const clientWith = (streams: boolean): S3Client =>
    new library.S3Client({
      endpoint: given.endpoint,
      region: given.region,
      // Some S3 servers have no separate host name for each bucket.
      forcePathStyle: true,
      credentials: {
        accessKeyId: given.accessKey,
        secretAccessKey: given.secretKey,
        sessionToken: given.sessionToken,
      },
      requestHandler: requestHandler({ dispatcher, streams }) as never,
      retryStrategy: new library.ConfiguredRetryStrategy(ATTEMPTS, delay),
      // The user's settings for AWS must not change the address of this bucket.
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      // With the header `Expect`, the library would wait for the server before it sends a large body.
      expectContinueHeader: false,
      // No additional checksum is needed, because the signature contains the SHA-256 of the body. Many S3 servers do
      // not know these checksums.
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

/** Returns the options for one request of the S3 library: the signal of the call, which aborts the request. */
export function optionsOf({ signal }: BucketCall): { readonly abortSignal?: AbortSignal } {
  if (signal === undefined) return {};
  // All requests of a command share one signal, and each request adds a listener to this signal. With more than 10
  // listeners, Node would print a warning about a memory leak.
  setMaxListeners(0, signal);
  return { abortSignal: signal };
}

async function createIfMissing(
  library: typeof Library,
  client: S3Client,
  bucket: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = optionsOf({ signal });
  try {
    await client.send(new library.HeadBucketCommand({ Bucket: bucket }), options);
  } catch (error) {
    signal?.throwIfAborted();
    // An answer to HEAD has no error text. So any error except a missing bucket is ignored here, and the next request
    // reports the reason.
    if (!isMissingBucket(error)) return;
    await client.send(new library.CreateBucketCommand({ Bucket: bucket }), options);
  }
}
