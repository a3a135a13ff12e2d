import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BUCKET_NAME } from "../bucket/bucket";
import { BUCKET_OPERATIONS } from "../bucket/operations/route";
import { MOUNT_KINDS } from "../bucket/settings";
import { AdjustableClock } from "../clock/adjustable-clock";
import { toIso } from "../clock/clock";
import { schemaCheck } from "../contract/schema-check";
import { END_WORDS, type EngineEnd } from "../engines/engine";
import type { SimulatedEngine } from "../engines/simulated";
import { maskedBody, maskedExecution, maskedRequest, maskOf } from "../executions/registry-password";
import { parseFault } from "../faults/parse";
import { type Answer, failure, ok, UNAUTHORIZED } from "./answer";
import { isAuthorized } from "./headers";
import { composeView } from "./page/compose";
import { filesOfRun } from "./page/run-files";
import { filterOf } from "./page/runs";
import { pageView } from "./page/view";
import { send } from "./receive";
import { readBody } from "./request-body";
import { CONTROL_PATH, type ServerState } from "./state";

type ControlHandler = (call: {
  readonly body: Readonly<Record<string, unknown>>;
  readonly id: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** The header `Host`. */
  readonly host: string;
}) => Answer | Promise<Answer>;

/**
 * Adds the control endpoint for tests, which is not part of the contract. A request needs the API key, because the
 * endpoint shows the bodies of starts.
 */
export function addControlRoutes(app: FastifyInstance, state: ServerState): void {
  const faultOperations = [...state.contract.operations.map(({ id }) => id), ...Object.keys(BUCKET_OPERATIONS)];

  const handlers: Readonly<Record<string, ControlHandler>> = {
    "GET ": () =>
      ok({
        engine: state.engine.name,
        simulated: state.engine.name === "simulated",
        now: toIso(state.clock.now()),
      }),
    "GET /requests": ({ query }) =>
      ok(
        state.requests
          .all()
          .map((logged) => (showsAll(query) ? logged : { ...logged, body: maskedRequest(logged.body) })),
      ),
    "DELETE /requests": () => {
      state.requests.clear();
      return ok({});
    },
    "GET /executions": ({ query }) =>
      ok(
        state.store.all().map((run) => {
          const body = showsAll(query) ? run.body : maskedBody(run.body);
          const execution = showsAll(query) ? run.execution : maskedExecution(run.execution, maskOf(run.body));
          const timeline = execution.timeline.map(({ status, at }) => ({ status, at: toIso(at) }));
          return { ...execution, timeline, composeFileCode: body.compose_file_code, body };
        }),
      ),
    "POST /executions/:id/end": ({ body, id }) => endNow(state, id, body),
    "POST /clock": ({ body }) => advanceClock(state, body),
    "GET /breaches": () => ok(state.breaches),
    "GET /faults": () => ok(state.faults.show()),
    "POST /faults": ({ body }) => {
      const parsed = parseFault(body, faultOperations);
      if (parsed.kind === "wrong") return failure(400, parsed.reasons.join("; "));
      return ok({ id: state.faults.add(parsed.fault).id });
    },
    "GET /bucket": () => ok(bucketView(state.bucket)),
    "POST /bucket": ({ body }) => {
      const reasons = checkSettings(body);
      if (reasons.length > 0) return failure(400, reasons.join("; "));
      state.bucket.settings = { ...state.bucket.settings, ...body };
      return ok(bucketView(state.bucket));
    },
    "POST /bucket/expire": () => ok({ expired: state.bucket.credentials.expireAll() }),
    "DELETE /faults": () => {
      state.faults.remove();
      return ok({});
    },
    "DELETE /faults/:id": ({ id }) => (state.faults.remove(id) ? ok({}) : failure(404, `There is no fault ${id}.`)),
    "POST /faults/:id/release": ({ id }) => {
      const released = state.faults.release(id);
      return released === undefined ? failure(404, `There is no fault ${id}.`) : ok({ released });
    },
    // The next four routes are for the page. An abort by the page is not logged, and no injected fault applies to it,
    // because the page is not a client.
    "GET /page": ({ query, host }) => {
      const { run, from = 0 } = query;
      const first = Number(from);
      if (!(Number.isSafeInteger(first) && first >= 0)) return failure(400, "from must be an integer from 0");
      const asked = { run: typeof run === "string" ? run : undefined, from: first, filter: filterOf(query), host };
      return ok(pageView(state, asked, faultOperations));
    },
    "GET /executions/:id/compose": ({ id }) => {
      const run = state.store.find(id);
      return run === undefined ? failure(404, `There is no run ${id}.`) : ok(composeView(run, state.hideSecrets));
    },
    "GET /executions/:id/files": async ({ id, host }) => {
      const run = state.store.find(id);
      return run === undefined ? failure(404, `There is no run ${id}.`) : ok(await filesOfRun(state, run, host));
    },
    "POST /executions/:id/abort": ({ id }) => {
      const execution = state.runs.cancel(id, "abort");
      return execution === undefined ? failure(404, `${id} does not run.`) : ok({ status: execution.status });
    },
  };

  for (const [route, handler] of Object.entries(handlers)) {
    const [method = "", path = ""] = route.split(" ");
    app.route({
      method,
      url: CONTROL_PATH + path,
      onRequest: async (request, reply) => {
        if (!isAuthorized(request.headers, state.apiKey)) await send(reply, UNAUTHORIZED);
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
    host: request.headers.host ?? "",
  });
  return send(reply, answer);
}

const endCheck = schemaCheck({
  type: "object",
  properties: {
    status: { enum: [...END_WORDS] },
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

const clockCheck = schemaCheck({
  type: "object",
  properties: { advanceSeconds: { type: "number", minimum: 0, maximum: 31_536_000 } },
  required: ["advanceSeconds"],
  additionalProperties: false,
});

async function advanceClock({ clock, engine }: ServerState, body: Readonly<Record<string, unknown>>): Promise<Answer> {
  // Real containers run in real time, so their clock cannot be advanced.
  if (!isSimulated(engine) || !(clock instanceof AdjustableClock))
    return failure(409, "Only the clock of the simulated engine can be moved.");
  const reasons = clockCheck(body);
  if (reasons.length > 0) return failure(400, reasons.join("; "));
  await clock.advance(Number(body.advanceSeconds) * 1000);
  return ok({ now: toIso(clock.now()) });
}

function bucketView({ objects, settings }: ServerState["bucket"]) {
  return { bucket: BUCKET_NAME, exists: objects.exists, folder: objects.mount, settings };
}

const checkSettings = schemaCheck({
  type: "object",
  properties: {
    credentialSeconds: { type: "number", minimum: 0, maximum: 31_536_000 },
    quotaBytes: { type: ["integer", "null"], minimum: 0 },
    mount: { enum: [...MOUNT_KINDS] },
  },
  additionalProperties: false,
});

/** Returns whether a request asks for the registry secrets of starts. */
function showsAll({ credentials }: Readonly<Record<string, unknown>>): boolean {
  return credentials === "shown";
}

function isSimulated(engine: ServerState["engine"]): engine is SimulatedEngine {
  return engine.name === "simulated" && "endNow" in engine;
}
