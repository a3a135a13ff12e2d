import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What Node reports of a request that it could not read. */
export interface MalformedRequest {
  readonly code?: string;
  /** The bytes in which it gave up. */
  readonly rawPacket?: unknown;
}

/** Answers what cannot be read as HTTP, or does not come to its end in time. */
export interface MalformedRequests {
  /** Has to know of every request of the server. */
  watch(server: Server): void;
  answer(error: MalformedRequest, socket: Duplex): void;
}

/**
 * A connection may hold whole requests in front of the broken one: they are answered first. Else the 400 would be read as
 * the answer of a start that took place, or would stand in the middle of a stream.
 */
export function createMalformedRequests(): MalformedRequests {
  const unanswered = new WeakMap<Duplex, Map<IncomingMessage, ServerResponse>>();
  const condemned = new WeakSet<Duplex>();

  function refuse(socket: Duplex, status: string, detail: string, isHead = false): void {
    if (condemned.has(socket)) return;
    condemned.add(socket);
    const write = (): void => {
      if (!socket.writable) return void socket.destroy();
      const body = JSON.stringify({ detail });
      const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`;
      socket.end(isHead ? head : head + body);
    };
    const whole = [...(unanswered.get(socket) ?? [])].filter(([request]) => request.complete);
    let open = whole.length;
    if (open === 0) write();
    for (const [, response] of whole) {
      response.once("close", () => {
        open -= 1;
        if (open === 0) write();
      });
    }
  }

  return {
    watch(server) {
      server.on("request", (request, response) => {
        const open = unanswered.get(request.socket) ?? new Map<IncomingMessage, ServerResponse>();
        unanswered.set(request.socket, open.set(request, response));
        response.once("close", () => open.delete(request));
      });
      // Without a listener Node cuts the connection, and with it the answers that are still to come.
      server.on("connect", (_request, socket) => {
        socket.on("error", () => socket.destroy());
        refuse(socket, "501 Not Implemented", "CONNECT is not emulated");
      });
    },
    answer(error, socket) {
      // An answer to HEAD has no body, also when the rest of the request could not be read.
      const isHead = Buffer.isBuffer(error.rawPacket) && error.rawPacket.toString("latin1", 0, 5) === "HEAD ";
      refuse(socket, statusOf(error.code), "The request could not be read.", isHead);
    },
  };
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
