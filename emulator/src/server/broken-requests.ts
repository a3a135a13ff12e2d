import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Answers what cannot be read as HTTP, or does not come to its end in time. */
export interface BrokenRequests {
  /** Has to know of every request of the server. */
  watch(server: Server): void;
  answer(error: Error & { readonly code?: string }, socket: Socket): void;
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

function writeRefusal(error: { readonly code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const status = error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "408 Request Timeout" : "400 Bad Request";
  const body = JSON.stringify({ detail: "The request could not be read." });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}
