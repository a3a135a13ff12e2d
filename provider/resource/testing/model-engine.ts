import { unknownMarker } from "../../compose";
import type { RecordedState, ResourceInputs } from "../../execution";
import { type ExecutionOutputs, endScope, InitFailure } from "../../execution";
import type { Properties } from "../../schema";
import type { CheckAnswer, CheckRequest } from "../check";
import type { CreateRequest } from "../create";
import type { DiffAnswer, DiffRequest } from "../diff";
import type { Runtime } from "../runtime";
import type { UpdateRequest } from "../update";
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
  ): Promise<void> {
    try {
      const outputs = stored(await process.call(work));
      const id = usableId(outputs.executionId);
      await save(() => state.entries.set(name, { id, inputs, outputs, initErrors: [] }));
    } catch (error) {
      if (!(error instanceof InitFailure)) throw error;
      const { reasons } = error;
      if (reasons.length === 0) throw new Error("BREACH: an init failure without reasons is silently accepted");
      // An update that did not reach its desired state keeps the old inputs, so that it is called again.
      const kept = before?.inputs ?? inputs;
      const [id, outputs] = [usableId(error.id), stored(error.outputs as ExecutionOutputs)];
      await save(() => state.entries.set(name, { id, inputs: kept, outputs, initErrors: reasons }));
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

  async function plan(name: string, values: Properties): Promise<(() => Promise<void>) | undefined> {
    const found = state.entries.get(name);
    const old = found?.pendingReplacement ? undefined : found;
    const news: ResourceInputs = { urn: urnOf(name), scope: state.scope, values };
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
    up: (program: ReadonlyMap<string, Properties>, refresh: boolean) =>
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
            const planned = await plan(name, args);
            if (planned === undefined) return;
            const begun = step(planned);
            // Awaited below; until then its end by a kill is nobody's unhandled rejection.
            begun.catch(() => undefined);
            steps.push(begun);
          });
        }
        await Promise.all(steps);
        if (errors.length > 0) return;
        const gone = [...state.entries].filter(([name]) => !program.has(name));
        await Promise.all(gone.map(([name, entry]) => step(() => remove(name, entry))));
      }),
    /** `pulumi preview`. */
    preview: (program: ReadonlyMap<string, Properties>) =>
      command(async () => {
        const scratch = createEngine(host, process, {
          scope: state.scope ?? unknownMarker,
          entries: new Map(state.entries),
        });
        for (const [name, args] of program) await step(async () => void (await scratch.plan(name, args)));
      }),
    refresh: () => command(readAll),
    destroy: () =>
      command(async () => {
        await Promise.all([...state.entries].map(([name, entry]) => step(() => remove(name, entry))));
        const { scope } = state;
        if (errors.length > 0 || scope === undefined) return;
        await step(async () => {
          await process.call(() => endScope(runtime.context(), scope));
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
