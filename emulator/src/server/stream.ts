import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Execution, isEnd } from "../executions/execution";
import type { StreamFault } from "../faults/fault";
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
  // 200 stands for "may be streamed"; the stream itself is no answer that could be held in one piece.
  const outcome = await withFault(
    decision.answer?.fault,
    async () => ((await visible.find(executionId)) === undefined ? notFound : { status: 200, body: null }),
    { sleep: sleeper(state), hold: () => state.faults.hold(decision.answer?.id ?? "") },
  );
  if (outcome.answer === undefined) return reset(reply);
  if (!outcome.isOwn || outcome.answer.status !== 200) return send(reply, outcome.answer);
  reply.hijack();
  await stream(state, executionId, reply.raw, decision.cut?.fault).catch((error: unknown) => {
    state.log(`stream failed: ${String(error)}`);
    reply.raw.destroy();
  });
  return reply;
}

const notFound = failure(404, "Execution not found");

/** Replays the lines, follows the run, and says how it ended. */
async function stream(
  state: ServerState,
  executionId: string,
  raw: ServerResponse,
  cut: StreamFault | undefined,
): Promise<void> {
  const changed = new Latch();
  const writable = new Latch();
  raw.on("drain", () => writable.set());
  raw.on("close", () => {
    writable.set();
    changed.set();
  });
  // A client that reads slowly makes the emulator wait, not remember.
  const write = async (data: unknown): Promise<void> => {
    if (!raw.write(`data: ${JSON.stringify(data)}\n\n`) && !raw.destroyed) await writable.wait();
  };
  const stopListening = state.runs.live(executionId)?.onChange(() => changed.set());
  try {
    raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    raw.flushHeaders();
    let sent = 0;
    for (let next = 0; !raw.destroyed; ) {
      // Read before the lines: a run that has ended writes no further one.
      const execution = state.store.execution(executionId);
      for await (const line of state.runs.lines(executionId, next)) {
        if (raw.destroyed) return;
        if (sent === cut?.lines) break;
        const marker = gapMarker(next, line.index);
        if (marker !== undefined) await write({ output: { content: `${marker}\n` } });
        next = line.index + 1;
        await write({ output: { content: `${line.message}\n` } });
        sent += 1;
      }
      if (cut !== undefined && sent === cut.lines) return cutOff(raw, cut);
      if (execution === undefined || isEnd(execution.status)) {
        await write({ jobFinished: { job: { result: finished(execution) } } });
        raw.end();
        return;
      }
      const cancel = state.clock.schedule(keepAliveSeconds * 1000, () => {
        raw.write(": keep-alive\n\n");
        changed.set();
      });
      await changed.wait();
      cancel();
    }
  } finally {
    stopListening?.();
  }
}

/** Cuts the stream off once everything before has left. */
async function cutOff(raw: ServerResponse, { how }: StreamFault): Promise<void> {
  if (how === "end") {
    raw.end();
    return;
  }
  await new Promise((resolve) => raw.write(": cut\n\n", resolve));
  raw.socket?.resetAndDestroy();
}

/** The vendor's CLI takes any `error` for a failure of the platform and shows it instead of the return code. */
function finished(execution: Execution | undefined) {
  const returnCode = execution?.returnCode ?? null;
  const errors = [...(execution?.errors ?? []), ...(execution?.dockerErrors ?? [])];
  return { returnCode, error: returnCode === null ? errors.join("\n") : "" };
}

/**
 * What a follower receives in place of lines that are no longer kept: it reads too slowly, or came too late.
 * @param next index of the line that it should get now
 * @param index index of the oldest line that is still there
 * @returns undefined: it misses nothing.
 */
export function gapMarker(next: number, index: number): string | undefined {
  if (index <= next) return undefined;
  const missing = index - next;
  return `[emulator] ${missing} ${missing === 1 ? "line is" : "lines are"} no longer kept and left out here.`;
}

/** Remembers that something happened until somebody has waited for it. */
class Latch {
  #isSet = false;
  #resume: (() => void) | undefined;

  /** It happened. */
  set(): void {
    this.#isSet = true;
    this.#resume?.();
  }

  /** Returns once it has happened since the last wait. One waiter at a time. */
  async wait(): Promise<void> {
    if (!this.#isSet) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#resume = undefined;
    this.#isSet = false;
  }
}
