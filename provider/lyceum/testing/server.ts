import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request that the server received, with its body. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, as the server received them. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers one request that the server has read completely. */
export type Answer = (response: ServerResponse, request: ReceivedRequest, socket: Socket) => void;

/** Answers with JSON. */
export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };

/** Answers with any text. */
export const text =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

/** Breaks the connection after the server has read the whole request. */
export const reset: Answer = (_response, _request, socket) => {
  socket.resetAndDestroy();
};

/** Never answers. */
export const silence: Answer = () => undefined;

/**
 * Starts an HTTP server on a free port of 127.0.0.1. The server gives the scripted answers and remembers the requests.
 */
export async function startServer() {
  const received: ReceivedRequest[] = [];
  const tunnels: { target: string; headers: IncomingMessage["headers"] }[] = [];
  let answers: readonly Answer[] = [text(500, "no answer set")];
  let connections = 0;
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const request = {
        method: incoming.method ?? "",
        url: incoming.url ?? "",
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      received.push(request);
      const [next, ...rest] = answers;
      if (rest.length > 0) answers = rest;
      next?.(response, request, incoming.socket);
    });
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.on("connect", (incoming, socket) => {
    tunnels.push({ target: incoming.url ?? "", headers: incoming.headers });
    socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received: received as readonly ReceivedRequest[],
    /** The targets of `CONNECT` requests, if a client uses the server as a proxy. */
    tunnels,
    /** The number of connections so far. */
    connections: () => connections,
    /** Sets the answers, in order. All further requests get the last answer. */
    answerWith: (...next: readonly Answer[]): void => {
      answers = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The server that {@link startServer} starts. */
export type TestServer = Awaited<ReturnType<typeof startServer>>;

/** Starts a server for each test of the file that calls this function. */
export function serverForEachTest(): TestServer {
  let current: TestServer | undefined;
  beforeEach(async () => {
    current = await startServer();
  });
  afterEach(() => current?.close());
  return new Proxy({} as TestServer, { get: (_target, key) => Reflect.get(current ?? {}, key) });
}
