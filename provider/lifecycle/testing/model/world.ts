import type { StartRequest } from "../../../lyceum/port";
import type { createModelService, ModelRun } from "../model-service";
import { type DesiredRun, type Mark, type Recorded, readMark, type TrueRun, type Truth } from "./rules";
import { copyOf, type Entry, nameOf, rowsOf, type StackState, urnOf } from "./state";

/** One stack: its program, its state, and the checkpoints that a step may restore. */
export interface Stack {
  readonly name: string;
  readonly program: Map<string, DesiredRun>;
  readonly state: StackState;
  /** The state before each command, oldest first. */
  readonly checkpoints: StackState[];
}

/** Makes an empty stack. */
export function emptyStack(name: string): Stack {
  return { name, program: new Map(), state: { scope: undefined, entries: new Map(), twins: [] }, checkpoints: [] };
}

/**
 * Returns a second stack with a copy of the state, as after a copy of the state backend. Both have the same scope and
 * resources, but `name` tells them apart in the model.
 */
export function copyOfStack({ program, state, checkpoints }: Stack, name: string): Stack {
  return { name, program: new Map(program), state: copyOf(state), checkpoints: [...checkpoints] };
}

/** The status words with which the model service reports an end. */
export const END_WORDS = ["completed", "failed", "aborted", "cancelled", "timeout", "system_failure"];

/** A resource that has a certain run, and the name of the resource's stack. */
interface Holder {
  readonly stack: string;
  readonly name: string;
  readonly row: number;
}

/**
 * Makes the source of true facts: the state of runs, and which resources have them. The facts come from the data of the
 * model service and of the states, and never from a call of the provider.
 */
export function createTruth(
  service: ReturnType<typeof createModelService>,
  now: () => number,
  stacks: () => readonly Stack[],
) {
  const scopes = new Map<StartRequest, string | undefined>();
  /**
   * Unclear starts, by the start key in the outputs of their resource. The placeholder id of the resource cannot be the
   * key of this map, because it stays the same if an update sends another start.
   */
  const unclearStarts = new Map<string, StartRequest>();
  const letGo = new Set<string>();
  const named = new Set<string>();
  const kept = new Map<string, string>();
  const { behaviour, stateOf } = service;

  const find = (id: string): ModelRun | undefined => service.runs.find((run) => run.executionId === id);
  const markOf = (run: Pick<ModelRun, "request">): Mark | undefined => readMark(run.request.user_callback_urls);
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

  /**
   * Returns the run of a resource. For a placeholder id, returns the run that the start of the resource has made, if
   * there is one.
   */
  function runOf({ id, outputs }: Entry): ModelRun | undefined {
    if (outputs.executionId !== "") return find(outputs.executionId ?? id);
    const request = unclearStarts.get(outputs.startKey);
    return service.runs.find((run) => run.request === request);
  }

  const idOf = (entry: Entry): string => runOf(entry)?.executionId ?? entry.id;

  /** Returns the resources of all stacks that have this run. */
  function holdersOf(id: string): Holder[] {
    return stacks().flatMap(({ name: stack, state }) =>
      rowsOf(state).flatMap(({ name, entry }) => (idOf(entry) === id ? [{ stack, name, row: entry.row }] : [])),
    );
  }

  return {
    truthOf,
    trueRun,
    find,
    isGoing,
    markOf,
    runOf,
    idOf,
    holdersOf,
    /**
     * Ids of runs that may be active although no state has them: `onDelete` left them, they were abandoned as lost, or
     * no call shows them.
     */
    letGo,
    /** Ids of the runs for which the provider has printed the command that ends the run. */
    named,
    /**
     * Runs that a person keeps although no state has them, by id. The value is the reason, for the message of a
     * violation.
     */
    kept,
    noteStart: (request: StartRequest, { state }: Stack) => void scopes.set(request, state.scope),
    noteUnclear: (startKey: string, request: StartRequest): void => {
      if (!unclearStarts.has(startKey)) unclearStarts.set(startKey, request);
    },
    /** Returns the start of a resource with a placeholder id. */
    startOf: ({ outputs }: Entry): StartRequest | undefined => unclearStarts.get(outputs.startKey),
    /** Whether a start still waits in a queue of the model service and will make a run later. */
    mayCome: (request: StartRequest): boolean => service.pending.has(request),
    /** Returns the scope with which a run was started. */
    scopeOf: (run: ModelRun): string | undefined => scopes.get(run.request),
    /** Returns the runs that were started for a resource with this scope, oldest first. */
    runsOf: (scope: string | undefined, name: string): ModelRun[] =>
      service.runs.filter(
        (run) => scopes.has(run.request) && scopes.get(run.request) === scope && markOf(run)?.urn === urnOf(name),
      ),
    /** Returns the names of all resources that ever had a run with this scope. */
    namesOf: (scope: string | undefined): string[] => [
      ...new Set(
        service.runs
          .filter((run) => scopes.has(run.request) && scopes.get(run.request) === scope)
          .map((run) => nameOf(markOf(run)?.urn)),
      ),
    ],
    /**
     * Whether an active run is in no state, so that a command has to report the run. No report is needed if the run is
     * being aborted, if no call shows it, or if it was started with `onDelete: "leave"`.
     */
    isUnheld: (run: ModelRun): boolean =>
      isGoing(run) &&
      run.abortedAt === undefined &&
      trueRun(run).visible &&
      markOf(run)?.onDelete !== "leave" &&
      !letGo.has(run.executionId) &&
      holdersOf(run.executionId).length === 0,
    /** Returns a text that says which resources have a run. */
    whose(id: string): string {
      const holders = holdersOf(id).map(({ stack, name }) => `row ${name} of ${stack}`);
      return holders.length > 0
        ? `${holders.join(" and ")} holds`
        : `no row holds${kept.has(id) ? ` (${kept.get(id)})` : ""}`;
    },
    /**
     * Whether a run counts as ended because no call shows it and its start was more than an hour ago. The run may still
     * be active in the model service.
     */
    isOverByItsLimits: (run: ModelRun): boolean =>
      behaviour.forgotten.has(run.executionId) && now() - run.createdAt > 3_600_000,
    /** Whether a run is old enough for a list at the time `at` to show it. `at`: milliseconds since the epoch. */
    isListedAt: (run: ModelRun, at: number): boolean =>
      run.createdAt < at && at - run.createdAt >= behaviour.lag * 1000,
    /**
     * Whether the model service shows at a certain time that a run has ended. The time is in milliseconds and may be in
     * the future.
     */
    hasEndedAt: (run: ModelRun, at: number): boolean => stateOf(run, at).endedAt !== undefined,
    /** Whether lists show readable start keys. */
    areNamesReadable: () => behaviour.fileNames.readable,
    recorded(entry: Entry, truthThen: Truth | undefined): Recorded | undefined {
      const run = runOf(entry);
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

/** The true state of runs. */
export type TruthBook = ReturnType<typeof createTruth>;
