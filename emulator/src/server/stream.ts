import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Execution, isEnd } from "../executions/execution";
import type { StoredRun } from "../executions/execution-store";
import { gap } from "../executions/output";
import { failure } from "./answer";
import { receive, send } from "./receive";
import { type ServerState, STREAM_PATH } from "./state";

const KEEP_ALIVE_SECONDS = 15;

/** Adds the route for the stream of a run's output. A request needs no token, because the URL itself is secret. */
export function addStreamRoute(app: FastifyInstance, state: ServerState): void {
  app.route({
    method: ["GET", "POST"],
    url: `${STREAM_PATH}:execution_id`,
    onRequest: async (request) => {
      receive(state, "stream", request);
    },
    handler: (request, reply) => answer(state, request, reply),
  });
}

async function answer(state: ServerState, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const executionId = (request.params as { readonly execution_id: string }).execution_id;
  const run = state.store.find(executionId);
  if (run === undefined) return send(reply, failure(404, "Execution not found"));
  const { raw } = reply.hijack();
  raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  raw.flushHeaders();
  try {
    await pipeline(events(state, run, raw), raw);
  } catch (error) {
    if (!raw.destroyed) state.log(`stream failed: ${String(error)}`);
    raw.destroy();
  }
  return reply;
}

/** Sends the stored lines, the new lines, and the end of the run. Waits for a slow client, and buffers nothing. */
async function* events({ runs, clock }: ServerState, run: StoredRun, raw: ServerResponse): AsyncGenerator<string> {
  let wake = (): void => {};
  const stopListening = runs.onChange(run.execution.executionId, () => wake());
  raw.on("close", () => wake());
  try {
    for (let next = 0; !raw.destroyed; ) {
      for (const { index, message } of run.output.from(next)) {
        if (index > next) yield output(gap(index - next).message);
        yield output(message);
        next = index + 1;
      }
      if (run.output.next > next) continue;
      if (isEnd(run.execution.status)) {
        yield event({ jobFinished: { job: { result: finished(run.execution) } } });
        return;
      }
      const cancel = clock.schedule(KEEP_ALIVE_SECONDS * 1000, () => wake());
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      cancel();
      if (run.output.next === next) yield ": keep-alive\n\n";
    }
  } finally {
    stopListening();
  }
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function output(line: string): string {
  return event({ output: { content: `${line}\n` } });
}

/**
 * Returns the result in the last event. `error` is empty if there is a return code: Lyceum's CLI shows an `error` as a
 * failure of the platform, and then does not show the return code.
 */
function finished({ returnCode, errors, dockerErrors }: Execution) {
  return { returnCode, error: returnCode === null ? [...errors, ...dockerErrors].join("\n") : "" };
}
