import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { toIso } from "../clock/clock";
import { schemaCheck } from "../contract/schema-check";
import type { EngineEnd } from "../engines/engine";
import type { SimulatedEngine } from "../engines/simulated";
import { endWords } from "../executions/execution";
import { parseFault } from "../faults/parse";
import { type Answer, type ControlHandler, failure, ok, unauthorized } from "./answer";
import { isAuthorized } from "./headers";
import { type PageQuestion, pageLimits, pageView } from "./page-view";
import { send } from "./receive";
import { readBody } from "./request-body";
import { controlPath, type ServerState } from "./state";
import { takeSnapshot } from "./visible-runs";

/** Adds the endpoint that tests drive the emulator with. It is no part of the contract; it needs the same key, since it shows the bodies of starts. */
export function addControlRoutes(app: FastifyInstance, state: ServerState): void {
  const faultOperations = [...state.contract.operations.map((operation) => operation.id), "stream"];

  const handlers: Readonly<Record<string, ControlHandler>> = {
    ...pageHandlers(state, faultOperations),
    "GET ": () =>
      ok({
        engine: state.engine.name,
        simulated: state.engine.name === "simulated",
        now: toIso(state.clock.now()),
      }),
    "GET /requests": () => ok(state.requests.all()),
    "DELETE /requests": () => {
      state.requests.clear();
      return ok({});
    },
    "GET /executions": ({ query }) => {
      const offset = Number(query.offset ?? 0);
      const limit = Number(query.limit ?? 1000);
      if (!(offset >= 0 && limit > 0)) return failure(400, "offset and limit must be numbers from 0 and 1");
      const runs = state.store.all().slice(offset, offset + limit);
      return ok(
        runs.map(({ execution, body }) => {
          const timeline = execution.timeline.map(({ status, at }) => ({ status, at: toIso(at) }));
          return { ...execution, timeline, composeFileCode: body.compose_file_code, body };
        }),
      );
    },
    "POST /executions/:id/end": ({ body, id }) => endNow(state, id, body),
    "GET /breaches": () => ok(state.breaches),
    "GET /faults": () => ok(state.faults.show()),
    "POST /faults": ({ body }) => {
      const parsed = parseFault(body, faultOperations);
      if (parsed.kind === "wrong") return failure(400, parsed.reasons.join("; "));
      const fault = state.faults.add(parsed.fault);
      if (fault.fault.kind === "stale-list") state.snapshots.set(fault.id, takeSnapshot(state.store));
      return ok({ id: fault.id });
    },
    "DELETE /faults": () => {
      state.faults.remove();
      state.snapshots.clear();
      return ok({});
    },
    "DELETE /faults/:id": ({ id }) => {
      state.snapshots.delete(id);
      return state.faults.remove(id) ? ok({}) : failure(404, `There is no fault ${id}.`);
    },
    "POST /faults/:id/release": ({ id }) => {
      const released = state.faults.release(id);
      return released === undefined ? failure(404, `There is no fault ${id}.`) : ok({ released });
    },
  };

  for (const [route, handler] of Object.entries(handlers)) {
    const [method = "", path = ""] = route.split(" ");
    app.route({
      method,
      url: controlPath + path,
      onRequest: async (request, reply) => {
        if (!isAuthorized(request.headers, state.apiKey)) await send(reply, unauthorized);
      },
      handler: (request, reply) => call(handler, request, reply),
    });
  }
}

async function call(handler: ControlHandler, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const read = readBody(request.body as string | undefined, "application/json");
  const isObject = read.kind === "read" && typeof read.value === "object" && read.value !== null;
  if (read.kind === "malformed" || (read.kind === "read" && !isObject)) {
    return send(reply, failure(400, "The body must be a JSON object."));
  }
  const answer = await handler({
    body: read.kind === "read" ? (read.value as Readonly<Record<string, unknown>>) : {},
    id: (request.params as { readonly id?: string }).id ?? "",
    query: request.query as Readonly<Record<string, unknown>>,
  });
  return send(reply, answer);
}

const endCheck = schemaCheck({
  type: "object",
  properties: {
    status: { enum: [...endWords] },
    returnCode: { type: ["integer", "null"], default: null },
    errors: { type: "array", items: { type: "string" }, default: [] },
  },
  required: ["status"],
});

function endNow(state: ServerState, id: string, body: Readonly<Record<string, unknown>>): Answer {
  if (!isSimulated(state.engine)) return failure(409, "Only a simulated run can be ended by hand.");
  const reasons = endCheck(body);
  if (reasons.length > 0) return failure(400, reasons.join("; "));
  const end = { ...(body as unknown as Omit<EngineEnd, "dockerErrors">), dockerErrors: [] };
  if (!state.engine.endNow(id, end)) return failure(404, `${id} does not run.`);
  return ok({});
}

function isSimulated(engine: ServerState["engine"]): engine is SimulatedEngine {
  return engine.name === "simulated" && "endNow" in engine;
}

/** What the page alone asks for. An abort from here is no request of a client: it is not logged, and no injected error meets it. */
function pageHandlers(state: ServerState, operations: readonly string[]): Readonly<Record<string, ControlHandler>> {
  return {
    "GET /page": ({ query }) => {
      const question = pageQuestion(query);
      return question === undefined
        ? failure(400, "offset, limit and from must be integers from 0")
        : ok(pageView(state, question, operations));
    },
    "POST /executions/:id/abort": ({ id }) => {
      const execution = state.runs.cancel(id, "abort");
      return execution === undefined ? failure(404, `${id} does not run.`) : ok({ status: execution.status });
    },
  };
}

function pageQuestion(query: Readonly<Record<string, unknown>>): PageQuestion | undefined {
  const { offset = 0, limit = pageLimits.runs, from = 0 } = query;
  const [first, most, line] = [Number(offset), Number(limit), Number(from)];
  if (![first, most, line].every((value) => Number.isSafeInteger(value) && value >= 0)) return undefined;
  return { offset: first, limit: most, from: line, run: typeof query.run === "string" ? query.run : undefined };
}
