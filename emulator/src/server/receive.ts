import type { FastifyReply, FastifyRequest } from "fastify";
import { toIso } from "../clock/clock";
import type { FaultDecision } from "../faults/decide";
import { type Answer, failure } from "./answer";
import { isAuthorized, shownHeaders } from "./headers";
import type { LoggedRequest } from "./request-log";
import type { ServerState } from "./state";

declare module "fastify" {
  interface FastifyRequest {
    /**
     * The entry of this request in the log. Absent for requests that are not logged, such as those to the control
     * endpoint.
     */
    logged?: LoggedRequest;
  }
}

/** Logs a request when it arrives. */
export function receive(state: ServerState, operation: string | null, request: FastifyRequest): LoggedRequest {
  const [path = ""] = request.url.split("?", 1);
  const logged = state.requests.add({
    at: toIso(state.clock.now()),
    operation,
    method: request.method,
    path,
    query: { ...(request.query as Readonly<Record<string, unknown>>) },
    headers: shownHeaders(request.headers),
    authorized: isAuthorized(request.headers, state.apiKey),
  });
  request.logged = logged;
  return logged;
}

/** Decides which faults apply to a request. */
export function askFaults(
  state: ServerState,
  operation: string,
  request: { readonly executionId?: string | undefined; readonly body: unknown },
): FaultDecision {
  const { executionId, body } = request;
  const fileName =
    executionId === undefined
      ? (body as { readonly file_name?: unknown } | null | undefined)?.file_name
      : state.store.run(executionId)?.execution.fileName;
  return state.faults.decide({ operation, executionId, fileName: typeof fileName === "string" ? fileName : null });
}

/** Sends an answer. */
export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.contentType !== undefined) return reply.type(answer.contentType).send(answer.body);
  return reply.type("application/json").send(JSON.stringify(answer.body));
}

/** Sends an answer. If the contract does not allow the answer, records a breach and sends an error instead. */
export function sendValidated(
  state: ServerState,
  operation: string,
  reply: FastifyReply,
  answer: Answer,
): FastifyReply {
  const reason = state.validators.get(operation)?.answer(answer.status, answer.body);
  if (reason === undefined) return send(reply, answer);
  state.breaches.push({ at: toIso(state.clock.now()), operation, status: answer.status, reason });
  state.log(`CONTRACT BREACH: ${reason}`);
  return send(reply, failure(500, `CONTRACT BREACH of the emulator: ${reason}`));
}

/** Closes the connection, as a broken network would. */
export function reset(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
  return reply;
}
