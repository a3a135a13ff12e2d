import { type Agent, request } from "node:http";
import { connect } from "node:net";

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

/**
 * Writes pieces of bytes to a connection of its own, waits for so many answers, then half-closes it; answers everything
 * that came back. Sooner it must not be half-closed: Node takes that for a client that has gone.
 */
export function sendRaw(
  port: number,
  pieces: readonly Buffer[],
  { end, answers }: { readonly end: "half-close" | "reset"; readonly answers: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let written = false;
    const finish = (): void => {
      const heads = Buffer.concat(chunks).toString("latin1").split("HTTP/1.1 ").length - 1;
      if (written && heads >= answers) socket.end();
    };
    const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`the connection was still open after ${PATIENCE_SECONDS} s`));
    }, PATIENCE_SECONDS * 1000);
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      finish();
    });
    // A server that has heard enough resets the connection: that is an answer too.
    socket.on("error", () => undefined);
    socket.on("end", () => socket.end());
    socket.on("close", () => {
      clearTimeout(late);
      resolve(Buffer.concat(chunks));
    });
    socket.on("connect", async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        // A turn of the event loop, so that pieces leave as packets of their own.
        await new Promise((turn) => setImmediate(turn));
      }
      if (end === "reset") socket.resetAndDestroy();
      else {
        written = true;
        finish();
      }
    });
  });
}

/** The answers in what a connection gave back; throws where it is no HTTP. */
export function answersIn(
  bytes: Buffer,
): readonly { readonly status: number; readonly body: string; readonly isJson: boolean }[] {
  const answers: { status: number; body: string; isJson: boolean }[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const headEnd = rest.indexOf("\r\n\r\n");
    const head = rest.subarray(0, headEnd === -1 ? rest.length : headEnd).toString("latin1");
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    if (!(status >= 100) || headEnd === -1) throw new Error(`not HTTP: ${JSON.stringify(head.slice(0, 200))}`);
    rest = rest.subarray(headEnd + 4);
    const length = /^content-length: (\d+)$/im.exec(head)?.[1];
    let body = "";
    if (/^transfer-encoding: chunked$/im.test(head)) {
      for (;;) {
        const lineEnd = rest.indexOf("\r\n");
        const size = Number.parseInt(rest.subarray(0, Math.max(0, lineEnd)).toString("latin1"), 16);
        if (lineEnd === -1 || Number.isNaN(size))
          throw new Error(`a chunk is broken behind ${JSON.stringify(body.slice(-200))}`);
        body += rest.subarray(lineEnd + 2, lineEnd + 2 + size).toString();
        rest = rest.subarray(lineEnd + 2 + size + 2);
        if (size === 0) break;
      }
    } else if (length !== undefined) {
      body = rest.subarray(0, Number(length)).toString();
      rest = rest.subarray(Number(length));
    }
    answers.push({ status, body, isJson: /^content-type: application\/json/im.test(head) });
  }
  return answers;
}
