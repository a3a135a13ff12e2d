import { createModelService, type ModelRun } from "../../../execution/testing/model-service";
import { createVirtualClock } from "../../../execution/testing/virtual-clock";
import type { OptionalCall } from "../../../lyceum/capability";
import { DEVIATIONS, type DeviationName } from "./deviations";
import { createHttpService } from "./http-service";
import { createEngine, type Host, type StackState } from "./model-engine";
import { type Kill, startProcess } from "./model-process";
import { argumentsOf, PLAIN_WISH, type Wish } from "./model-wish";

/** The commands of the matrix, each with the service deviating all along. */
export const COMMANDS = [
  "first up",
  "no-change up",
  "replacement of a running run",
  "recovery after SIGKILL",
  "refresh",
  "destroy",
  "up to a completed run",
  "up to a failed run",
] as const;

/** Name of a command of the matrix. */
export type CommandName = (typeof COMMANDS)[number];

/** What one cell of the matrix came to. */
export interface Cell {
  readonly kind: "ok" | "failed";
  readonly errors: readonly string[];
  /** Warnings of the command. */
  readonly warnings: readonly string[];
  /** Starts and aborts that the command sent, in order; a start that was sent after a warning says so. */
  readonly writes: readonly string[];
  /** Runs that go on after the command. */
  readonly running: readonly string[];
  /** How the way out ended: `onDelete: "leave"`, `up`, `destroy`, with the service still deviating. */
  readonly wayOut: "ok" | readonly string[];
}

const NAME = "train";

/** When and how the runs of a command end. */
function endOf(command: CommandName): ModelRun["script"][number] {
  if (command === "up to a failed run") return { after: 10, status: "failed", returnCode: 3 };
  return { after: command === "up to a completed run" ? 10 : 3000, status: "completed", returnCode: 0 };
}

/** Plays one command against a service of which some calls deviate. */
export async function play(
  host: Host,
  command: CommandName,
  deviating: Readonly<Partial<Record<OptionalCall, DeviationName>>>,
  wish: Partial<Wish> & { readonly whenUnverified?: "start" | "fail" } = {},
): Promise<Cell> {
  const toEnd = command === "up to a completed run" || command === "up to a failed run";
  const clock = createVirtualClock();
  const service = createModelService(clock);
  service.behaviour.script = [{ after: 1, status: "starting" }, { after: 2, status: "running" }, endOf(command)];
  const http = createHttpService(service, clock);
  const state: StackState = { scope: "scope-secret", entries: new Map() };

  async function run(kind: "up" | "refresh" | "destroy", more: Partial<Wish> = {}, kill?: Kill) {
    const process = startProcess({ clock, port: http.client() }, kill);
    const engine = createEngine(host, process, state);
    const program = new Map([[NAME, argumentsOf(NAME, { ...PLAIN_WISH, ...wish, ...more })]]);
    const before = http.requests.length;
    const result = await (kind === "up" ? engine.up(program, false) : engine[kind]());
    return { result, said: process.said, requests: http.requests.slice(before) };
  }

  function deviate(on: boolean): void {
    for (const [call, name] of Object.entries(deviating)) {
      http.deviate(call as OptionalCall, on ? DEVIATIONS[name] : undefined);
    }
  }

  if (command === "recovery after SIGKILL") {
    deviate(true);
    await run("up", {}, { at: await momentOfAnswer(), victim: "both" });
  } else if (command !== "first up" && !toEnd) {
    await run("up");
  }
  deviate(true);
  const done =
    command === "refresh" || command === "destroy"
      ? await run(command)
      : await run(
          "up",
          command === "replacement of a running run" ? { text: 2 } : toEnd ? { waitFor: "completed" } : {},
        );
  const running = service.runs.filter(
    (each) => service.stateOf(each).endedAt === undefined && each.abortedAt === undefined,
  );
  const text = command === "replacement of a running run" ? { text: 2 } : {};
  await run("up", { onDelete: "leave", waitFor: "accepted", ...text });
  const end = await run("destroy");
  return {
    kind: done.result.kind === "ok" ? "ok" : "failed",
    errors: done.result.errors,
    warnings: done.said.filter((line) => line.startsWith("warning: ")).map((line) => line.slice("warning: ".length)),
    writes: done.requests
      .filter((line) => /^(startComposeExecution|abortWorkload)/.test(line))
      .map((line) => line.split(" ")[0] ?? ""),
    running: running.map((each) => each.executionId),
    wayOut: end.result.kind === "ok" ? "ok" : end.result.errors,
  };

  /** The command is killed when the service has answered the start, before anything is recorded. */
  async function momentOfAnswer(): Promise<number> {
    const trial = createModelService(clock);
    const trialHttp = createHttpService(trial, clock);
    for (const [call, name] of Object.entries(deviating)) trialHttp.deviate(call as OptionalCall, DEVIATIONS[name]);
    let at = 0;
    const port = trialHttp.client();
    const process: ReturnType<typeof startProcess> = startProcess(
      {
        clock,
        port: {
          ...port,
          start: async (request, options) => {
            const outcome = await port.start(request, options);
            // The next moment is the answer of this very call.
            at = process.moments() + 1;
            return outcome;
          },
        },
      },
      undefined,
    );
    trial.behaviour.script = service.behaviour.script;
    const engine = createEngine(host, process, { scope: "scope-secret", entries: new Map() });
    await engine.up(new Map([[NAME, argumentsOf(NAME, { ...PLAIN_WISH, ...wish })]]), false);
    return at;
  }
}
