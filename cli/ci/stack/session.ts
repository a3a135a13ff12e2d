import { type Surface, UsageError } from "../../command";
import { listenToStop, relay, type Stop } from "../apply/stop";
import { CI_EXIT_CODES } from "../exit-codes";
import type { CiRequest } from "../options";
import { outputTail } from "../summary/tail";
import { type EngineEvent, isError, reasonOf } from "./automation";
import { gatherEvents, type ObservedCommand } from "./events";
import { adviceFilter } from "./pending";
import { type OpenStack, openStack } from "./stack";

/** What a command works with. */
export interface Session {
  readonly request: CiRequest;
  readonly surface: Surface;
  readonly open: OpenStack;
  readonly stop: Stop;
}

/** How a command of the Pulumi CLI ended. */
export interface EngineResult {
  /** `stopped`: a signal came before the CLI began. */
  readonly kind: "succeeded" | "failed" | "locked" | "stopped";
  readonly observed: ObservedCommand;
  /** What the CLI says went wrong; the text about the lock, where the stack is locked. */
  readonly reason: string;
  /** The last lines that it printed, without secrets, where it failed. */
  readonly output: readonly string[];
}

/** What the commands of the Automation API take of this package's. */
export interface EngineOptions {
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly signal: AbortSignal;
  readonly parallel?: number;
  readonly color: "always" | "never";
  readonly userAgent: string;
}

/** Opens the stack and works on it; the answer is the exit code. */
export async function withSession(
  request: CiRequest,
  surface: Surface,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  if (surface.stat(request.folder) !== "folder") throw new UsageError(`${request.folder} is not a folder`);
  const stop = listenToStop();
  try {
    return await work({ request, surface, open: await openStack(request.folder, request.stack), stop });
  } catch (error) {
    if (!isPulumiError(error)) throw error;
    const reason = reasonOf(error);
    if (stop.signal.aborted) {
      surface.printError(`Pulumi, after a signal: ${reason}`);
      return CI_EXIT_CODES.stopped;
    }
    throw new UsageError(/^LYC\d{4}: /.test(reason) ? reason : `Pulumi: ${reason}`);
  } finally {
    stop.dispose();
  }
}

/** The Automation API has errors of its own, and throws plain ones where the folder or the CLI are not usable. */
function isPulumiError(error: unknown): boolean {
  const isPlain = error instanceof Error && error.constructor === Error;
  return (
    isPlain || isError(error, "CommandError", "StackNotFoundError", "StackAlreadyExistsError", "ConcurrentUpdateError")
  );
}

/**
 * Runs a command of the engine. Its output goes to the standard output as it comes, and its errors go to the standard error at its end: where the
 * stack is locked, they are the caller's to explain.
 */
export async function runEngine(
  { surface, request, stop }: Pick<Session, "surface" | "request" | "stop">,
  command: (options: EngineOptions) => Promise<unknown>,
): Promise<EngineResult> {
  const gathered = gatherEvents();
  const tail = outputTail(surface);
  const resultOf = (kind: EngineResult["kind"], reason: string): EngineResult => {
    return { kind, observed: gathered.observed(), reason, output: kind === "failed" ? tail.lines() : [] };
  };
  if (stop.signal.aborted) return resultOf("stopped", "");
  const relayed = relay(stop.signal);
  const isShown = adviceFilter();
  const lines = lineBuffer((line) => {
    if (!isShown(line)) return;
    tail.add(line);
    surface.print(line);
  });
  let errors = "";
  const { parallel } = request;
  const options: EngineOptions = {
    onEvent: gathered.add,
    onOutput: lines.add,
    onError: (text) => {
      errors += text;
      tail.add(text);
    },
    signal: relayed.signal,
    color: surface.color ? "always" : "never",
    userAgent: "pulumi-lyceum/ci",
    ...(parallel === undefined ? {} : { parallel }),
  };
  try {
    await command(options);
    return resultOf("succeeded", "");
  } catch (error) {
    if (isError(error, "ConcurrentUpdateError")) {
      errors = "";
      return resultOf("locked", (error as Error).message);
    }
    if (!isError(error, "CommandError")) throw error;
    lines.end();
    return resultOf("failed", reasonOf(error));
  } finally {
    relayed.dispose();
    lines.end();
    if (errors.trim() !== "") surface.printError(errors.trimEnd());
  }
}

/** Gives whole lines on, however they come. */
function lineBuffer(print: (line: string) => void): { readonly add: (text: string) => void; readonly end: () => void } {
  let open = "";
  return {
    add: (text) => {
      const lines = `${open}${text}`.split("\n");
      open = lines.pop() ?? "";
      for (const line of lines) print(line);
    },
    end: () => {
      if (open !== "") print(open);
      open = "";
    },
  };
}
