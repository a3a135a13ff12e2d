import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What Node tells of a request that it could not read. */
export interface BrokenRequest {
  readonly code?: string;
  /** The bytes in which it gave up. */
  readonly rawPacket?: unknown;
}

/** Answers what cannot be read as HTTP, or does not come to its end in time. */
export interface BrokenRequests {
  /** Has to know of every request of the server. */
  watch(server: Server): void;
  answer(error: BrokenRequest, socket: Socket): void;
}

/**
 * A connection may hold whole requests in front of the broken one: they are answered first. Else the 400 would be read as
 * the answer of a start that took place, or would stand in the middle of a stream.
 */
export function createBrokenRequests(): BrokenRequests {
  const unanswered = new WeakMap<Socket, Map<IncomingMessage, ServerResponse>>();
  const condemned = new WeakSet<Socket>();
  return {
    watch(server) {
      server.on("request", (request, response) => {
        const open = unanswered.get(request.socket) ?? new Map<IncomingMessage, ServerResponse>();
        unanswered.set(request.socket, open.set(request, response));
        response.once("close", () => open.delete(request));
      });
    },
    answer(error, socket) {
      if (condemned.has(socket)) return;
      condemned.add(socket);
      const whole = [...(unanswered.get(socket) ?? [])].filter(([request]) => request.complete);
      let open = whole.length;
      const refuse = (): void => writeRefusal(error, socket);
      if (open === 0) return refuse();
      for (const [, response] of whole) {
        response.once("close", () => {
          open -= 1;
          if (open === 0) refuse();
        });
      }
    },
  };
}

function writeRefusal(error: BrokenRequest, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ detail: "The request could not be read." });
  const head = `HTTP/1.1 ${statusOf(error.code)}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`;
  // An answer to HEAD has no body, also when the rest of the request could not be read.
  const isHead = Buffer.isBuffer(error.rawPacket) && error.rawPacket.toString("latin1", 0, 5) === "HEAD ";
  socket.end(isHead ? head : head + body);
}

function statusOf(code: string | undefined): string {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return "408 Request Timeout";
    case "HPE_HEADER_OVERFLOW":
      return "431 Request Header Fields Too Large";
    default:
      return "400 Bad Request";
  }
}
