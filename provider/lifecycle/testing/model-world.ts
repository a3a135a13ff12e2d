import type { StartRequest } from "../../lyceum/port";
import { type DesiredRun, type Mark, readMark } from "./model-desired";
import { type Entry, type StackState, urnOf } from "./model-engine";
import type { Recorded, TrueRun, Truth } from "./model-rules";
import type { createModelService, ModelRun } from "./model-service";

/** One stack: its program, its state, and what the model knows of runs that are nobody's any more. */
export interface Stack {
  readonly name: string;
  readonly program: Map<string, DesiredRun>;
  readonly state: StackState;
  /** Resources that were moved to another stack: this one's program no longer has them. */
  readonly moved: Set<string>;
  /** Ids of runs whose rows were taken out of the state by hand. */
  readonly cut: Set<string>;
  /** Ids of runs that a row had at the end of some command. */
  readonly recorded: Set<string>;
  /** Starts that ended without their run, which may still appear. Milliseconds. */
  readonly unfinished: { readonly name: string; readonly from: number; readonly to: number }[];
  /** Runs that may go on: left by `onDelete`, abandoned as lost, or reported as left behind. */
  readonly released: Set<string>;
}

/** A stack without anything. */
export function emptyStack(name: string): Stack {
  return {
    name,
    program: new Map(),
    state: { scope: undefined, entries: new Map(), twins: [] },
    moved: new Set(),
    cut: new Set(),
    recorded: new Set(),
    unfinished: [],
    released: new Set(),
  };
}

/** The name in a URN. */
export function nameOf(urn: string | undefined): string {
  return urn?.split("::").at(-1) ?? "";
}

/** Which stack, and which of its scopes, a start was sent for. */
interface Origin {
  readonly stack: string;
  readonly scope: string | undefined;
}

/** The words that the model's service has for an end. */
export const END_WORDS = ["completed", "failed", "aborted", "cancelled", "timeout", "system_failure"];

/** What is true of runs, from the service's own books; nothing here asks the provider. */
export function createTruth(service: ReturnType<typeof createModelService>, now: () => number) {
  const origins = new Map<StartRequest, Origin>();
  const { behaviour, stateOf } = service;

  const isGoing = (run: ModelRun): boolean => stateOf(run).endedAt === undefined;

  function truthOf(run: ModelRun): Truth {
    const { status, endedAt } = stateOf(run);
    if (endedAt === undefined) return run.abortedAt === undefined ? "going" : "stopping";
    if (status === "completed") return "ok";
    return status === "aborted" || status === "cancelled" ? "aborted" : "failed";
  }

  function hasRun(run: ModelRun): boolean {
    const until = Math.min(now(), run.abortedAt ?? now(), run.endedBy?.at ?? now());
    return run.script.some(({ status, after }) => status === "running" && run.createdAt + after * 1000 <= until);
  }

  const markOf = (run: ModelRun): Mark | undefined => readMark(run.request.user_callback_urls);

  function trueRun(run: ModelRun): TrueRun {
    const young = (now() - run.createdAt) / 1000 < behaviour.lag;
    return {
      id: run.executionId,
      identity: markOf(run)?.identity ?? "",
      truth: truthOf(run),
      hasRun: hasRun(run),
      visible: !behaviour.forgotten.has(run.executionId) && !young,
      endedAgo: (now() - (stateOf(run).endedAt ?? now())) / 1000,
    };
  }

  const find = (id: string): ModelRun | undefined => service.runs.find((run) => run.executionId === id);

  /** Runs started for a resource of a stack, oldest first; under one scope, or any. */
  function runsOf(stack: Stack, name: string, scope?: string): ModelRun[] {
    return service.runs.filter((run) => {
      const origin = origins.get(run.request);
      if (origin?.stack !== stack.name || markOf(run)?.urn !== urnOf(name)) return false;
      return scope === undefined || origin.scope === scope;
    });
  }

  /** Names of all resources that ever had a run in a stack. */
  function namesWithRuns(stack: Stack): string[] {
    return service.runs
      .filter((run) => origins.get(run.request)?.stack === stack.name)
      .map((run) => nameOf(markOf(run)?.urn));
  }

  return {
    namesWithRuns,
    truthOf,
    trueRun,
    runsOf,
    find,
    isGoing,
    markOf,
    noteStart: (request: StartRequest, stack: Stack) =>
      void origins.set(request, { stack: stack.name, scope: stack.state.scope }),
    /** A run whose row was moved to another stack: its start key is of the scope that it had. */
    noteMove: (id: string, to: Stack): void => {
      const run = find(id);
      if (run !== undefined) origins.set(run.request, { stack: to.name, scope: "of another stack" });
    },
    /**
     * Whether a run must have ended by its time limits, though the service of the model may go on with it: nobody is shown it, and
     * more than an hour has passed.
     */
    isOverByItsLimits: (run: ModelRun): boolean =>
      behaviour.forgotten.has(run.executionId) && now() - run.createdAt > 3_600_000,
    /** Whether a list could show a run at a moment. Milliseconds. */
    isListedAt: (run: ModelRun, at: number): boolean =>
      run.createdAt < at && at - run.createdAt >= behaviour.lag * 1000,
    /** Whether lists show start keys so that they can be read. */
    areNamesReadable: () => behaviour.fileNames.readable,
    ownerOf: (id: string): string | undefined => {
      const run = find(id);
      return run === undefined ? undefined : origins.get(run.request)?.stack;
    },
    /**
     * Runs of a resource that go on and should have an owner. One that is being aborted ends by itself, one that the service
     * forgot is beyond everybody, and one that was to be left alone is not an abandoned run.
     */
    duplicates: (stack: Stack, name: string): ModelRun[] =>
      runsOf(stack, name).filter(
        (run) =>
          isGoing(run) &&
          run.abortedAt === undefined &&
          !behaviour.forgotten.has(run.executionId) &&
          !stack.released.has(run.executionId) &&
          markOf(run)?.onDelete !== "leave",
      ),
    recorded(entry: Entry, truthThen: Truth | undefined): Recorded | undefined {
      const run = find(entry.id);
      if (run === undefined) return undefined;
      const observed = trueRun(run);
      const { registryCredentials } = entry.inputs.values as { registryCredentials?: { password: string } };
      return {
        run: truthThen === undefined ? observed : { ...observed, truth: truthThen },
        lost: entry.outputs.missing === "lost",
        forgottenUnseen: !observed.visible && !END_WORDS.includes(entry.outputs.status),
        adopted: entry.outputs.adopted === true,
        awaitsStart: entry.outputs.awaitsStart === true,
        credentials: Number(registryCredentials?.password.slice(1) ?? 0),
      };
    },
  };
}

/** What is true of runs. */
export type TruthBook = ReturnType<typeof createTruth>;
