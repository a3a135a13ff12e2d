import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { type Surface, UsageError } from "../../command";
import type { CiRequest } from "../options";
import { readProjectIn } from "../repository/projects";
import { type EngineEvent, isError, reasonOf } from "./automation";
import { gatherEvents, type ObservedCommand } from "./events";
import { installPackages, needsInstall } from "./install";
import { withLock } from "./lock/locked";
import { pastReleasedLock } from "./lock/released";
import { adviceFilter } from "./pending";
import { type OpenStack, openStack } from "./stack";
import { listenToStop, relay, type Stop } from "./stop";
import { outputTail } from "./tail";

/** The context of a command. */
export interface Session {
  readonly request: CiRequest;
  readonly surface: Surface;
  readonly open: OpenStack;
  readonly stop: Stop;
}

/** The result of a command of the Pulumi CLI. */
export interface EngineResult {
  /** `stopped`: a signal came before the CLI started. */
  readonly kind: "succeeded" | "failed" | "locked" | "stopped";
  readonly observed: ObservedCommand;
  /** The error message of the Pulumi CLI, or the text that the CLI printed about a lock. */
  readonly reason: string;
  /** The last lines that a failed CLI printed, without secrets. */
  readonly output: readonly string[];
  /** Whether an update did more than its review allows, or was refused because it would do more. */
  readonly isBeyond?: boolean;
  /** Whether a signal ended the CLI. If so, the CLI could not remove its lock. */
  readonly wasKilled?: boolean;
}

/** The options that this package passes to the Automation API. */
export interface EngineOptions {
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly signal: AbortSignal;
  readonly parallel?: number;
  readonly color: "always" | "never";
  readonly userAgent: string;
}

/** What reports that the command could not begin. Each function returns the exit code. */
export interface UnopenedReport {
  /** A signal has stopped the command. */
  readonly stopped: () => number;
  /** Another command holds the lock that Pulumi takes to create the stack. The message about it is already printed. */
  readonly locked: () => number;
}

/**
 * Opens the stack and runs a command on it. Returns the exit code.
 *
 * @param report reports why the command has no result, and returns the exit code
 */
export async function withSession(
  request: CiRequest,
  surface: Surface,
  work: (session: Session) => Promise<number>,
  report: UnopenedReport,
): Promise<number> {
  if (surface.stat(request.folder) !== "folder") throw new UsageError(`${request.folder} is not a folder`);
  const stop = listenToStop();
  try {
    if (request.install && needsInstall(readProjectIn(request.folder, surface), request.folder, surface.folder)) {
      const failure = await installPackages(request.folder, surface, stop.signal).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      // A signal also ends the installation of the packages. The command then counts as stopped by the signal.
      if (failure !== undefined && stop.signal.aborted) return report.stopped();
      if (failure !== undefined) throw failure.error;
    }
    const opening = await openUnlocked(request, surface, stop);
    if (opening.kind === "opened") return await work({ request, surface, open: opening.open, stop });
    return stop.signal.aborted ? report.stopped() : report.locked();
  } catch (error) {
    if (!isPulumiError(error)) throw error;
    const reason = reasonOf(error);
    if (stop.signal.aborted) {
      surface.printError(`Pulumi, after a signal: ${reason}`);
      return report.stopped();
    }
    throw new UsageError(/^LYC\d{4}: /.test(reason) ? reason : `Pulumi: ${reason}`);
  } finally {
    stop.dispose();
  }
}

type Opening =
  | { readonly kind: "opened"; readonly reason: ""; readonly open: OpenStack }
  | { readonly kind: "locked"; readonly reason: string };

/**
 * Selects or creates the stack. Without Pulumi Cloud, a creation needs the lock of the stack. If another command holds
 * the lock, for example because it creates the same stack, this function waits and then selects the new stack.
 */
function openUnlocked(request: CiRequest, surface: Surface, stop: Stop): Promise<Opening> {
  const open = async (): Promise<Opening> => {
    try {
      return { kind: "opened", reason: "", open: await openStack(request.folder, request.stack) };
    } catch (error) {
      if (!isError(error, "ConcurrentUpdateError")) throw error;
      return { kind: "locked", reason: error.message };
    }
  };
  return withLock(open, request, {
    now: DEFAULT_PORTS.now,
    sleep: DEFAULT_PORTS.sleep,
    printError: surface.printError,
    // `pulumi cancel` removes only the lock of a stack that exists. So a lock that a killed creation left stays.
    cancel: async () => undefined,
    processes: { noted: () => [], claim: () => false },
    stopped: stop.signal,
  });
}

/**
 * Returns whether an error comes from the Automation API. Most errors of the API have their own class. Its errors about
 * the folder or the CLI have the class `Error`.
 */
function isPulumiError(error: unknown): boolean {
  const isPlain = error instanceof Error && error.constructor === Error;
  return (
    isPlain || isError(error, "CommandError", "StackNotFoundError", "StackAlreadyExistsError", "ConcurrentUpdateError")
  );
}

/**
 * Runs a command of the engine. Passes on the command's output at once, and its errors at the end. If the stack is
 * locked, prints no error, because `withLock` explains it.
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
  let hasEvents = false;
  const { parallel } = request;
  const options: EngineOptions = {
    onEvent: (event) => {
      hasEvents = true;
      gathered.add(event);
    },
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
    const quiet = () => {
      errors = "";
      return command(options);
    };
    await pastReleasedLock(quiet, () => hasEvents);
    return resultOf("succeeded", "");
  } catch (error) {
    if (isError(error, "ConcurrentUpdateError")) {
      errors = "";
      return resultOf("locked", error.message);
    }
    if (!isError(error, "CommandError")) throw error;
    lines.end();
    // The Automation API starts the CLI with a library. If a signal killed the CLI, the error message of this library
    // contains the text `was killed with SIG`.
    const wasKilled = / was killed with SIG/.test(error.message);
    return { ...resultOf("failed", reasonOf(error)), wasKilled };
  } finally {
    relayed.dispose();
    lines.end();
    if (errors.trim() !== "") surface.printError(errors.trimEnd());
  }
}

/** Collects text and passes it on in whole lines. */
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
