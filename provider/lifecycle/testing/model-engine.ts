import { unknownMarker } from "../../../compose";
import type { Properties } from "../../schema";
import type { CheckAnswer, CheckRequest } from "../check/check";
import type { RecordedState, ResourceInputs } from "../check/inputs";
import type { CreateRequest } from "../create/create";
import { reportRunsOfScope } from "../create/unrecorded-runs";
import type { DiffAnswer, DiffRequest } from "../diff/diff";
import { InitFailure } from "../errors/errors";
import type { Runtime } from "../process/runtime";
import type { ExecutionOutputs } from "../state/record";
import type { UpdateRequest } from "../update/update";
import { Killed, type ModelProcess } from "./model-process";

/** The operations that the engine calls, in a process of its own: the resource's, or a host's behind the same types. */
export interface Host {
  check(runtime: Runtime, request: CheckRequest): Promise<CheckAnswer>;
  diff(runtime: Runtime, request: Omit<DiffRequest, "oldInputs">): Promise<Pick<DiffAnswer, "kind">>;
  create(runtime: Runtime, request: Omit<CreateRequest, "signal">): Promise<ExecutionOutputs>;
  update(runtime: Runtime, request: Omit<UpdateRequest, "signal">): Promise<ExecutionOutputs>;
  read(runtime: Runtime, state: RecordedState): Promise<ExecutionOutputs>;
  delete(runtime: Runtime, state: RecordedState): Promise<void>;
}

/** One resource as the state holds it. */
export interface Entry {
  readonly id: string;
  readonly inputs: ResourceInputs;
  readonly outputs: ExecutionOutputs;
  /** Reasons of a run that exists but did not reach its desired state. */
  readonly initErrors: readonly string[];
  /** Deleted for a replacement whose create has not come: the next `up` only creates. */
  readonly pendingReplacement?: true;
}

/** What the state of a stack holds. */
export interface StackState {
  scope: string | undefined;
  readonly entries: Map<string, Entry>;
  /** Rows that a forced replacement has left for deletion, next to the current row of the same name. */
  readonly twins: Twin[];
}

/** A row that is deleted at the end of the next `up` that gets so far. */
export interface Twin {
  readonly name: string;
  readonly entry: Entry;
}

/**
 * A replacement that somebody asks the engine for, without a diff. `--replace`: check comes without old inputs alone; a changed `replacementTrigger`:
 * first with, then without them. The new resource is created before the old one is deleted, unless the program sets
 * `deleteBeforeReplace`.
 */
export interface Forced {
  readonly name: string;
  readonly by: "--replace" | "replacementTrigger";
  readonly deleteFirst: boolean;
}

/** What became of a command. */
export interface CommandResult {
  readonly kind: "ok" | "failed" | "killed";
  readonly errors: readonly string[];
}

/** URN of a resource of the model: equal names in every stack. */
export const urnOf = (name: string): string =>
  `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::${name}`;

let scopes = 0;

/**
 * Pulumi's engine as far as a provider can tell, by what the real one has been seen to do: check and diff one at a
 * time, the rest at once; a state that is written behind every step; replacements that delete first.
 */
export function createEngine(host: Host, process: ModelProcess, state: StackState) {
  const errors: string[] = [];
  const { runtime } = process;

  async function save(act: () => void): Promise<void> {
    await process.engineMoment();
    act();
  }

  /** Runs a step; its error is the command's, and the other steps go on. */
  async function step(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Killed) throw error;
      errors.push(error instanceof Error ? error.message : String(error));
    }
  }

  async function command(work: () => Promise<void>): Promise<CommandResult> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Killed) return { kind: "killed", errors };
      throw error;
    } finally {
      if (process.alive.engine) process.end();
    }
    return { kind: errors.length === 0 ? "ok" : "failed", errors };
  }

  /** What the engine keeps of a create or update, whichever way it ended; a plain error saves nothing. */
  async function settle(
    name: string,
    inputs: ResourceInputs,
    before: Entry | undefined,
    work: () => Promise<ExecutionOutputs>,
    twin?: Twin,
  ): Promise<void> {
    const keep = (entry: Entry) =>
      save(() => {
        if (twin !== undefined) state.twins.push(twin);
        state.entries.set(name, entry);
      });
    try {
      const outputs = stored(await process.call(work));
      await keep({ id: usableId(outputs.executionId), inputs, outputs, initErrors: [] });
    } catch (error) {
      if (!(error instanceof InitFailure)) throw error;
      const { reasons } = error;
      if (reasons.length === 0) throw new Error("BREACH: an init failure without reasons is silently accepted");
      // An update that did not reach its desired state keeps the old inputs, so that it is called again.
      const kept = before?.inputs ?? inputs;
      const [id, outputs] = [usableId(error.id), stored(error.outputs as ExecutionOutputs)];
      await keep({ id, inputs: kept, outputs, initErrors: reasons });
      throw new Error(reasons.join("\n"));
    }
  }

  async function replace(name: string, old: Entry, news: ResourceInputs): Promise<void> {
    // As the real engine does: nothing of the old inputs is carried over.
    const { inputs } = await process.call(() => host.check(runtime, { news }));
    await process.call(() => host.delete(runtime, stateOf(old)));
    await save(() => state.entries.set(name, { ...old, pendingReplacement: true }));
    await settle(name, inputs, undefined, () => host.create(runtime, { news: inputs }));
  }

  /** A replacement that no diff has asked for. */
  async function force(name: string, old: Entry, news: ResourceInputs, { by, deleteFirst }: Forced): Promise<void> {
    if (by === "replacementTrigger") await process.call(() => host.check(runtime, { oldInputs: old.inputs, news }));
    if (deleteFirst) return replace(name, old, news);
    const { inputs } = await process.call(() => host.check(runtime, { news }));
    const twin = { name, entry: old };
    await settle(name, inputs, undefined, () => host.create(runtime, { news: inputs }), twin);
  }

  async function plan(name: string, values: Properties, forced?: Forced): Promise<(() => Promise<void>) | undefined> {
    const found = state.entries.get(name);
    const old = found?.pendingReplacement ? undefined : found;
    const news: ResourceInputs = { urn: urnOf(name), scope: state.scope, values };
    if (forced?.name === name && old !== undefined) return () => force(name, old, news, forced);
    const { inputs, failures } = await process.call(() => host.check(runtime, { oldInputs: old?.inputs, news }));
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    if (old === undefined) return () => settle(name, inputs, undefined, () => host.create(runtime, { news: inputs }));
    const { kind } = await process.call(() => host.diff(runtime, { state: stateOf(old), news: inputs }));
    if (kind === "replace") return () => replace(name, old, news);
    if (kind === "update" || old.initErrors.length > 0) {
      return () => settle(name, inputs, old, () => host.update(runtime, { state: stateOf(old), news: inputs }));
    }
    await save(() => state.entries.set(name, { ...old, inputs }));
    return undefined;
  }

  async function remove(name: string, entry: Entry): Promise<void> {
    // What waits for its replacement was deleted already: the engine only forgets it.
    if (!entry.pendingReplacement) await process.call(() => host.delete(runtime, stateOf(entry)));
    await save(() => state.entries.delete(name));
  }

  /** Deletes what forced replacements have left. */
  async function removeTwins(): Promise<void> {
    for (const twin of [...state.twins]) {
      await step(async () => {
        await process.call(() => host.delete(runtime, stateOf(twin.entry)));
        await save(() => state.twins.splice(state.twins.indexOf(twin), 1));
      });
    }
  }

  async function readAll(): Promise<void> {
    await Promise.all(
      [...state.entries]
        .filter(([, entry]) => !entry.pendingReplacement)
        .map(([name, entry]) =>
          step(async () => {
            const outputs = stored(await process.call(() => host.read(runtime, stateOf(entry))));
            const shown = { ...entry, outputs };
            await process.call(() => host.diff(runtime, { state: stateOf(shown), news: entry.inputs }));
            // A refresh that succeeds clears the engine's memory of a failure.
            await save(() => state.entries.set(name, { ...shown, initErrors: [] }));
          }),
        ),
    );
  }

  return {
    /** `pulumi up --skip-preview`, with or without `--refresh`. */
    up: (program: ReadonlyMap<string, Properties>, refresh: boolean, forced?: Forced) =>
      command(async () => {
        if (state.scope === undefined) {
          scopes += 1;
          await save(() => {
            state.scope = `scope-secret-${scopes}`;
          });
        }
        if (refresh) await readAll();
        if (errors.length > 0) return;
        const steps: Promise<void>[] = [];
        for (const [name, args] of program) {
          await step(async () => {
            const planned = await plan(name, args, forced);
            if (planned === undefined) return;
            const begun = step(planned);
            // Awaited below; until then its end by a kill is nobody's unhandled rejection.
            begun.catch(() => undefined);
            steps.push(begun);
          });
        }
        await Promise.all(steps);
        if (errors.length > 0) return;
        await removeTwins();
        const gone = [...state.entries].filter(([name]) => !program.has(name));
        await Promise.all(gone.map(([name, entry]) => step(() => remove(name, entry))));
      }),
    /** `pulumi preview`. */
    preview: (program: ReadonlyMap<string, Properties>) =>
      command(async () => {
        const scratch = createEngine(host, process, {
          scope: state.scope ?? unknownMarker,
          entries: new Map(state.entries),
          twins: [],
        });
        for (const [name, args] of program) await step(async () => void (await scratch.plan(name, args)));
      }),
    refresh: () => command(readAll),
    destroy: () =>
      command(async () => {
        await removeTwins();
        await Promise.all([...state.entries].map(([name, entry]) => step(() => remove(name, entry))));
        const { scope } = state;
        if (errors.length > 0 || scope === undefined) return;
        await step(async () => {
          await process.call(() => reportRunsOfScope(runtime.context(), scope));
          await save(() => {
            state.scope = undefined;
          });
        });
      }),
    plan,
  };
}

/** Outputs as they come back from a state. */
function stored(outputs: ExecutionOutputs): ExecutionOutputs {
  return JSON.parse(JSON.stringify(outputs)) as ExecutionOutputs;
}

/** An entry as the operations are given it. */
function stateOf({ id, outputs: { resourceUrn, ...properties } }: Entry): RecordedState {
  return { id, urn: resourceUrn, properties };
}

function usableId(id: unknown): string {
  if (typeof id !== "string" || id === "") throw new Error("BREACH: no id that the engine could save");
  return id;
}
