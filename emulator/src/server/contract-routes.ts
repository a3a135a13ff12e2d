import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Operation } from "../contract/document";
import type { Validator } from "../contract/validators";
import { type Answer, failure, UNAUTHORIZED } from "./answer";
import { type OperationHandler, operations } from "./operations";
import { askFaults, receive, reset, send, sendValidated } from "./receive";
import { readBody } from "./request-body";
import { BASE_PATH, type ServerState } from "./state";
import { VisibleRuns } from "./visible-runs";
import { withFault } from "./with-fault";

/** Adds a route for each operation of the contract. */
export function addContractRoutes(app: FastifyInstance, state: ServerState): void {
  for (const operation of state.contract.operations) {
    const handler = operations[operation.id];
    const validator = state.validators.get(operation.id);
    // An operation without a handler or a validator gets no route, so the answer is 501.
    if (handler === undefined || validator === undefined) continue;
    app.route({
      method: operation.method,
      url: BASE_PATH + operation.path.replace(/\{(\w+)\}/g, ":$1"),
      onRequest: async (request, reply) => {
        const { authorized } = receive(state, operation.id, request);
        if (operation.secured && !authorized) await sendValidated(state, operation.id, reply, UNAUTHORIZED);
      },
      handler: (request, reply) => answer(state, { operation, handler, validator }, request, reply),
    });
  }
}

interface Route {
  readonly operation: Operation;
  readonly handler: OperationHandler;
  readonly validator: Validator;
}

/** The longest body in the request log, in characters. A longer body is left out. */
const MOST_LOGGED = 2_000_000;

async function answer(
  state: ServerState,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id } = route.operation;
  const text = request.body as string | undefined;
  const body = readBody(text, request.headers["content-type"]);
  const value = body.kind === "read" ? body.value : undefined;
  if (request.logged !== undefined && (text?.length ?? 0) <= MOST_LOGGED) request.logged.body = value ?? text ?? null;

  const path = request.params as Readonly<Record<string, string>>;
  const decision = askFaults(state, id, { executionId: path.execution_id, body: value });
  if (request.logged !== undefined && decision.answer !== undefined) request.logged.fault = decision.answer.id;
  const operation = async (): Promise<Answer> => {
    if (body.kind === "malformed" && route.operation.body !== undefined) return failure(422, [body.detail]);
    const query = request.query as Readonly<Record<string, unknown>>;
    const result = route.validator.request({ path, query, body: value });
    if (result.kind === "invalid") return failure(422, result.details);
    const visible = new VisibleRuns(state.store, decision.views, state.clock.now());
    return route.handler({ request: result.request, visible, origin: `http://${request.host}` }, state);
  };
  const caught = (): Promise<Answer> => operation().catch((error: unknown) => failed(state, id, error));
  const outcome = await withFault(decision.answer, caught, state);
  if (outcome.answer === undefined) reset(reply);
  else if (outcome.isOwn) sendValidated(state, id, reply, outcome.answer);
  else send(reply, outcome.answer);
  if (outcome.late !== undefined) void outcome.late();
  return reply;
}

function failed(state: ServerState, operation: string, error: unknown): Answer {
  const reason = error instanceof Error ? error.message : String(error);
  state.log(`${operation} failed: ${reason}`);
  return failure(500, `The emulator could not do this: ${reason}`);
}
