import { createServer } from "node:http";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { isForBucket } from "../bucket/server";
import { failure } from "./answer";
import { answerBucketRequest } from "./bucket-requests";
import { addContractRoutes } from "./contract-routes";
import { addControlRoutes } from "./control-routes";
import { refusalOf } from "./headers";
import { addPageFiles } from "./page/served-files";
import { receive, send } from "./receive";
import type { ServerState } from "./state";
import { addStreamRoute } from "./stream";

/** The longest body of a request, in bytes. The bucket has a limit of its own. */
export const LONGEST_BODY = 16 * 1024 * 1024;

/** Makes the server. The caller starts listening. */
export function buildServer(state: ServerState): FastifyInstance {
  const app = fastify({
    logger: false,
    // Fastify compiles no schemas, because the contract validates everything. So the emulator starts faster.
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    bodyLimit: LONGEST_BODY,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    serverFactory: (handler) => {
      // Requests for the bucket do not go through Fastify, because the bucket streams their bodies, and needs the path
      // exactly as the client has signed it.
      const server = createServer((request, response) => {
        if (isForBucket(request)) void answerBucketRequest(state, request, response);
        else handler(request, response);
      });
      server.on("checkContinue", (request, response) => {
        if (isForBucket(request)) return void answerBucketRequest(state, request, response, { expectsContinue: true });
        response.writeContinue();
        handler(request, response);
      });
      // Node's own time limits must not end a long upload.
      return Object.assign(server, { requestTimeout: 0, keepAliveTimeout: 72_000 });
    },
    routerOptions: { maxParamLength: 4096 },
    clientErrorHandler: ({ code }, socket) => {
      const status = code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
      const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n`;
      if (socket.writable) socket.end(`${head}{"detail":"The request could not be read."}`);
    },
    frameworkErrors: (error, _request, reply) => void send(reply as FastifyReply, failure(400, error.message)),
  });

  // A body stays text until a route parses it, so that the log also has a body that is not valid JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));

  app.addHook("onRequest", async (request, reply) => {
    const refusal = refusalOf(request.headers, state.allowedHosts);
    if (refusal !== undefined) await send(reply, failure(403, refusal));
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-lyceum-emulator", state.engine.name);
    // An injected answer may be HTML. With the next two headers, a browser runs no script of this HTML.
    reply.header("x-content-type-options", "nosniff");
    if (!reply.hasHeader("content-security-policy"))
      reply.header("content-security-policy", "default-src 'none'; sandbox");
  });
  app.addHook("onResponse", async (request, reply) => {
    if (request.logged !== undefined) request.logged.status = reply.statusCode;
  });
  app.setErrorHandler((error: unknown, request, reply) => failed(state, error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    receive(state, null, request);
    const [path = ""] = request.url.split("?", 1);
    state.log(`NOT EMULATED: ${request.method} ${path}`);
    return send(reply, failure(501, `${request.method} ${path} is not emulated`));
  });

  addContractRoutes(app, state);
  addStreamRoute(app, state);
  addControlRoutes(app, state);
  addPageFiles(app);
  return app;
}

function noSchemas(): never {
  throw new Error("No route has a schema for Fastify.");
}

function failed(state: ServerState, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { statusCode, message } = error as { readonly statusCode?: unknown; readonly message?: unknown };
  const status = typeof statusCode === "number" && statusCode >= 400 ? statusCode : 500;
  if (status >= 500) state.log(`${request.method} ${request.url} failed: ${String(message)}`);
  if (request.logged === undefined) return send(reply, failure(status, String(message)));
  return send(
    reply,
    failure(status, status === 413 ? `The body is longer than ${LONGEST_BODY} bytes.` : String(message)),
  );
}
