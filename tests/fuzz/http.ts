import { type Agent, request } from "node:http";

/** One request that Node's own client agrees to send. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** An answer, whole. */
export interface PlainAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly milliseconds: number;
}

/** After so many seconds there is no answer to come. How long a text takes is for `tests/hostile`, without a clock. */
export const PATIENCE_SECONDS = 60;

/** Sends a request and reads its answer. Rejects when there is none in time. */
export function send(port: number, agent: Agent, { method, path, headers, body }: PlainRequest): Promise<PlainAnswer> {
  const begun = Date.now();
  // By itself Node sends the body of a GET without its length, so that it would be read as the next request.
  const length: Record<string, string> =
    body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const all = { ...headers, ...length } as Record<string, string | string[]>;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, agent, method, path, headers: all }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          contentType: incoming.headers["content-type"] ?? "",
          body: Buffer.concat(chunks).toString(),
          milliseconds: Date.now() - begun,
        }),
      );
    });
    outgoing.setTimeout(PATIENCE_SECONDS * 1000, () =>
      outgoing.destroy(new Error(`no answer within ${PATIENCE_SECONDS} s: ${method} ${path.slice(0, 200)}`)),
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
