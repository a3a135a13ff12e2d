import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What the server does with a request: it answers, or it closes the connection before or in the middle of the answer.
 */
export type Step =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | "close"
  | "close in the body";

/** A request that the server has received. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** A server on this machine that answers requests as a test defines. */
export interface ScriptedServer {
  readonly endpoint: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** An error answer as S3 sends it. */
export function s3Error(status: number, code: string, message = "x"): Step {
  return { status, body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
}

/** Starts a server. `answer` decides what to do with a request, and may use the earlier requests too. */
export async function scriptedServer(
  answer: (request: Received, before: readonly Received[]) => Step,
): Promise<ScriptedServer> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks) };
      const step = answer(one, [...received]);
      received.push(one);
      if (step === "close") request.socket.destroy();
      else if (step === "close in the body") {
        response.writeHead(200, { "content-length": "100" });
        response.write("half");
        setImmediate(() => request.socket.destroy());
      } else {
        response.writeHead(step.status, { "content-type": "application/xml", ...step.headers });
        response.end(method === "HEAD" ? undefined : (step.body ?? ""));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
