import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Execution, isEnd } from "../executions/execution";
import type { StoredRun } from "../store/execution-store";
import { failure } from "./answer";
import { askFaults, receive, reset, send, sleeper } from "./receive";
import { type ServerState, streamPath } from "./state";
import { VisibleRuns } from "./visible-runs";
import { withFault } from "./with-fault";

const keepAliveSeconds = 15;

/** Adds the route that a run's output streams from. The URL itself is the secret: no token is asked for. */
export function addStreamRoute(app: FastifyInstance, state: ServerState): void {
  app.route({
    method: ["GET", "POST"],
    url: `${streamPath}:execution_id`,
    onRequest: async (request) => {
      receive(state, "stream", request);
    },
    handler: (request, reply) => answer(state, request, reply),
  });
}

async function answer(state: ServerState, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const executionId = (request.params as { readonly execution_id: string }).execution_id;
  const decision = askFaults(state, "stream", { executionId, body: undefined });
  const fault = decision.answer ?? decision.cut;
  if (request.logged !== undefined && fault !== undefined) request.logged.fault = fault.id;
  const visible = new VisibleRuns(state, decision.views, state.clock.now());
  const run = visible.find(executionId);
  // 200 stands for "may be streamed"; the stream itself is no answer that could be held in one piece.
  const outcome = await withFault(
    decision.answer?.fault,
    async () => (run === undefined ? notFound : { status: 200, body: null }),
    { sleep: sleeper(state), hold: () => state.faults.hold(decision.answer?.id ?? "") },
  );
  if (outcome.answer === undefined) return reset(reply);
  if (run === undefined || !outcome.isOwn || outcome.answer.status !== 200) return send(reply, outcome.answer);
  const { raw } = reply.hijack();
  raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  raw.flushHeaders();
  try {
    await pipeline(events(state, run, raw, decision.cut?.fault.lines), raw, { end: false });
    if (decision.cut?.fault.how === "reset") await cutOff(raw);
    raw.end();
  } catch (error) {
    if (!raw.destroyed) state.log(`stream failed: ${String(error)}`);
    raw.destroy();
  }
  return reply;
}

const notFound = failure(404, "Execution not found");

/**
 * Replays the lines, follows the run, and says how it ended. A client that reads slowly makes the emulator wait, not remember.
 * @param cut the stream ends behind so many lines
 */
async function* events(
  { runs, clock }: ServerState,
  run: StoredRun,
  raw: ServerResponse,
  cut: number | undefined,
): AsyncGenerator<string> {
  let wake = (): void => {};
  const stopListening = runs.onChange(run.execution.executionId, () => wake());
  raw.on("close", () => wake());
  try {
    for (let next = 0, sent = 0; !raw.destroyed; ) {
      for (const { index, message } of run.output.from(next)) {
        if (sent === cut) return;
        if (index > next) yield output(gapMarker(index - next));
        yield output(message);
        next = index + 1;
        sent += 1;
      }
      if (sent === cut) return;
      if (run.output.next > next) continue;
      if (isEnd(run.execution.status)) {
        yield event({ jobFinished: { job: { result: finished(run.execution) } } });
        return;
      }
      const cancel = clock.schedule(keepAliveSeconds * 1000, () => wake());
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

/** Breaks the connection off once everything before has left. */
async function cutOff(raw: ServerResponse): Promise<void> {
  await new Promise((resolve) => raw.write(": cut\n\n", resolve));
  raw.socket?.resetAndDestroy();
}

/** The vendor's CLI takes any `error` for a failure of the platform and shows it instead of the return code. */
function finished({ returnCode, errors, dockerErrors }: Execution) {
  return { returnCode, error: returnCode === null ? [...errors, ...dockerErrors].join("\n") : "" };
}

/** What a follower receives in place of lines that are no longer kept: it reads too slowly, or came too late. */
function gapMarker(missing: number): string {
  return `[emulator] ${missing} ${missing === 1 ? "line is" : "lines are"} no longer kept and left out here.`;
}
