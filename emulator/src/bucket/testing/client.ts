import { createHash, createHmac } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { route, type TestEmulator } from "../../testing/emulator";

/** The credentials in the answer of the API. */
export interface TestCredentials {
  readonly access_key: string;
  readonly secret_key: string;
  readonly session_token: string;
  readonly endpoint: string;
  readonly bucket_name: string;
}

/** The details of a test's request. */
export interface TestRequest {
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces `x-amz-content-sha256`. Default: the hash of the body. */
  readonly payload?: string;
  /** Replaces the whole path, including the bucket. */
  readonly path?: string;
  /** The time of the signature, in milliseconds since 1970. Default: now. */
  readonly at?: number;
}

/** An answer of the bucket. */
export interface TestBucketAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The code of an error. */
  readonly code: string | undefined;
}

/** A client of the bucket. It signs by the documentation of signature v4, and shares no code with the emulator. */
export type TestBucket = Awaited<ReturnType<typeof testBucket>>;

/** Asks for credentials. */
export async function testCredentials(emulator: TestEmulator): Promise<TestCredentials> {
  return (await emulator.call(...route("createStorageCredentials"))).body as TestCredentials;
}

/** Makes a client with new credentials, and creates the bucket. */
export async function testBucket(emulator: TestEmulator, changes: Partial<TestCredentials> = {}) {
  const credentials = { ...(await testCredentials(emulator)), ...changes };
  const send = async (method: string, target: string, request: TestRequest = {}): Promise<TestBucketAnswer> => {
    const { body = "", path = `/${credentials.bucket_name}${target}` } = request;
    const { headers } = signed(credentials, method, path, request);
    const response = await exchange(credentials.endpoint, method, path, headers, Buffer.from(body as Buffer));
    const text = response.bytes.toString();
    return { ...response, text, code: /<Error><Code>(.*?)<\/Code>/.exec(text)?.[1] };
  };
  await send("PUT", "");
  return {
    credentials,
    send,
    put: (key: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
      send("PUT", `/${key}`, { body, headers }),
    get: (key: string, headers: Readonly<Record<string, string>> = {}) => send("GET", `/${key}`, { headers }),
    head: (key: string) => send("HEAD", `/${key}`),
    remove: (key: string) => send("DELETE", `/${key}`),
    /** Returns the keys and common prefixes of one page, each in the order of the answer. */
    async list(query = "") {
      const { text, code } = await send("GET", `?list-type=2${query}`);
      return { code, text, keys: all(text, "Key"), prefixes: all(text.replace(/<Prefix>.*?<\/Prefix>/, ""), "Prefix") };
    },
  };
}

/** Sends a request with its path unchanged. `fetch` would resolve `..` in the path. */
function exchange(
  origin: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<Pick<TestBucketAnswer, "status" | "headers" | "bytes">> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      hostname,
      port,
      method,
      path,
      headers: { ...headers, "content-length": body.length },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const { statusCode: status = 0, headers: received } = response;
      buffer(response).then((bytes) => resolve({ status, headers: received, bytes }), reject);
    });
    request.end(body);
  });
}

/** Returns the contents of all elements with a name. */
export function all(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, text = ""]) => text);
}

/** Returns the headers of a signed request, and the parts of its signature. */
export function signed(
  { access_key: accessKey, secret_key: secret, session_token: token, endpoint }: TestCredentials,
  method: string,
  target: string,
  { body = "", headers: more = {}, payload, at = Date.now() }: TestRequest = {},
) {
  const timestamp = `${new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const hash = payload ?? createHash("sha256").update(body).digest("hex");
  const headers: Record<string, string> = {
    ...more,
    host: new URL(endpoint).host,
    "x-amz-content-sha256": hash,
    "x-amz-date": timestamp,
    "x-amz-security-token": token,
  };
  const names = Object.keys(headers).sort();
  const [path = "", query = ""] = target.split("?");
  const canonical = [
    method,
    path,
    query
      .split("&")
      .map((part) => (part === "" || part.includes("=") ? part : `${part}=`).replaceAll("/", "%2F"))
      .sort()
      .join("&"),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    hash,
  ].join("\n");
  const scope = `${timestamp.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", timestamp, scope, createHash("sha256").update(canonical).digest("hex")].join(
    "\n",
  );
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const signature = hmac(key, toSign).toString("hex");
  const { host: _, ...sent } = headers;
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { headers: { ...sent, authorization }, signature, timestamp, scope, key: key as Buffer };
}
