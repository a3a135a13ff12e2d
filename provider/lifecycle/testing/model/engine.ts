import { UNKNOWN_MARKER } from "../../../../compose";
import { reportRunsOfScope } from "../../account/unrecorded-runs";
import type { CheckAnswer, CheckRequest } from "../../check/check";
import type { CreateRequest } from "../../create/create";
import type { DiffAnswer, DiffRequest } from "../../diff/diff";
import type { Runtime } from "../../process/engine";
import { InitFailure } from "../../run/errors";
import type { RecordedState, ResourceInputs } from "../../run/inputs";
import type { ExecutionOutputs } from "../../run/record/record";
import type { UpdateRequest } from "../../update/update";
import { Killed, type ModelProcess } from "./process";
import { UNWATCHED } from "./rows";
import {
  type Declared,
  type Entry,
  isUnclear,
  nextRow,
  recordedState,
  type StackState,
  stored,
  type Twin,
  urnOf,
} from "./state";

/** The operations of a provider that the engine calls. Both the model and a real host implement them. */
export interface Host {
  check(runtime: Runtime, request: CheckRequest): Promise<CheckAnswer>;
  diff(runtime: Runtime, request: Omit<DiffRequest, "oldInputs">): Promise<Pick<DiffAnswer, "kind">>;
  create(runtime: Runtime, request: Omit<CreateRequest, "signal">): Promise<ExecutionOutputs>;
  update(runtime: Runtime, request: Omit<UpdateRequest, "signal">): Promise<ExecutionOutputs>;
  read(runtime: Runtime, state: RecordedState): Promise<ExecutionOutputs>;
  delete(runtime: Runtime, state: RecordedState): Promise<void>;
}

/**
 * A replacement that the user requests from the engine, without a diff. With `--replace`, the engine calls check once,
 * without old inputs. With a changed `replacementTrigger`, the engine calls check with old inputs and then without
 * them. The engine creates the new resource before it deletes the old one. With `deleteBeforeReplace`, it deletes
 * first.
 */
export interface Forced {
  readonly name: string;
  readonly by: "--replace" | "replacementTrigger";
  readonly deleteFirst: boolean;
}

/** The options of a command. */
export interface CommandOptions {
  readonly refresh?: boolean | undefined;
  readonly forced?: Forced | undefined;
  /** The resource of `--target`. The command neither checks, compares nor deletes any other resource. */
  readonly target?: string | undefined;
}

/** The result of a command. */
export interface CommandResult {
  readonly kind: "ok" | "failed" | "killed";
  readonly errors: readonly string[];
}

let scopes = 0;

/**
 * Makes Pulumi's engine as a provider observes it. This engine calls check and diff one at a time, and the other
 * methods in parallel. It writes the state after every step. A replacement deletes the old resource first. Only a
 * replacement that the command forces with `deleteFirst: false` creates the new resource first.
 */
export function createEngine(host: Host, process: ModelProcess, state: StackState, watch = UNWATCHED) {
  const errors: string[] = [];
  const { runtime } = process;

  async function save(act: () => void): Promise<void> {
    await process.engineMoment();
    act();
  }

  /** Makes one step of a command. An error of the step fails the command, but the other steps continue. */
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

  /** Records the outcome of a create or update. An error without a run changes nothing in the state. */
  async function settle(
    name: string,
    now: Pick<Entry, "inputs" | "retained">,
    before: Entry | undefined,
    work: () => Promise<ExecutionOutputs>,
    twin?: Twin,
  ): Promise<void> {
    const row = before?.row ?? nextRow();
    const keep = (made: Pick<Entry, "id" | "inputs" | "outputs" | "initErrors">) => {
      // An update cannot change the id of its resource.
      const entry = { row, retained: now.retained, ...made, id: before?.id ?? made.id };
      watch.made(name, entry);
      return save(() => {
        if (twin !== undefined) state.twins.push(twin);
        state.entries.set(name, entry);
      });
    };
    try {
      const outputs = stored(await process.call(work));
      await keep({ id: usableId(outputs.executionId), inputs: now.inputs, outputs, initErrors: [] });
    } catch (error) {
      if (!(error instanceof InitFailure)) throw error;
      const { reasons } = error;
      if (reasons.length === 0) throw new Error("BREACH: an init failure without reasons is silently accepted");
      // If an update missed its desired state, the old inputs stay recorded, so that the engine calls the update again.
      const inputs = before?.inputs ?? now.inputs;
      await keep({
        id: usableId(error.id),
        inputs,
        outputs: stored(error.outputs as ExecutionOutputs),
        initErrors: reasons,
      });
      throw new Error(reasons.join("\n"));
    }
  }

  function make(name: string, now: Pick<Entry, "inputs" | "retained">, twin?: Twin): Promise<void> {
    watch.creating(name);
    return settle(name, now, undefined, () => host.create(runtime, { news: now.inputs }), twin);
  }

  /** Calls delete for a resource, except if the engine retains the resource. The caller then changes the state. */
  async function drop(name: string, entry: Entry): Promise<void> {
    if (entry.retained) return watch.dropped(entry);
    await watch.deleting(name, entry, () => process.call(() => host.delete(runtime, recordedState(entry))));
  }

  async function replace(name: string, old: Entry, news: ResourceInputs, retained: boolean): Promise<void> {
    // As in the real engine, check does not receive the old inputs here.
    const { inputs } = await process.call(() => host.check(runtime, { news }));
    await drop(name, old);
    await save(() => state.entries.set(name, { ...old, pendingReplacement: true }));
    await make(name, { inputs, retained });
  }

  /** Makes a replacement that the user forces, without a diff. */
  async function force(name: string, old: Entry, news: ResourceInputs, retained: boolean, how: Forced): Promise<void> {
    if (how.by === "replacementTrigger") await process.call(() => host.check(runtime, { oldInputs: old.inputs, news }));
    if (how.deleteFirst) return replace(name, old, news, retained);
    const { inputs } = await process.call(() => host.check(runtime, { news }));
    await make(name, { inputs, retained }, { name, entry: old });
  }

  async function plan(
    name: string,
    { values, retained }: Declared,
    forced?: Forced,
  ): Promise<(() => Promise<void>) | undefined> {
    const found = state.entries.get(name);
    const old = found?.pendingReplacement ? undefined : found;
    const news: ResourceInputs = { urn: urnOf(name), scope: state.scope, values };
    if (forced?.name === name && old !== undefined) return () => force(name, old, news, retained, forced);
    const { inputs, failures } = await process.call(() => host.check(runtime, { oldInputs: old?.inputs, news }));
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    if (old === undefined) return () => make(name, { inputs, retained });
    const { kind } = await process.call(() => host.diff(runtime, { state: recordedState(old), news: inputs }));
    watch.compared(name, old, kind);
    if (kind === "replace") return () => replace(name, old, news, retained);
    if (kind === "update" || old.initErrors.length > 0) {
      if (isUnclear(old)) watch.creating(name);
      const update = () => host.update(runtime, { state: recordedState(old), news: inputs });
      return () => settle(name, { inputs, retained }, old, update);
    }
    await save(() => state.entries.set(name, { ...old, inputs, retained }));
    return undefined;
  }

  async function remove(name: string, entry: Entry): Promise<void> {
    // The resource was already deleted and waits for its replacement, so the engine only removes it from the state.
    if (!entry.pendingReplacement) await drop(name, entry);
    await save(() => state.entries.delete(name));
  }

  /** Deletes the old resources of forced replacements. */
  async function removeTwins(isTarget: (name: string) => boolean): Promise<void> {
    for (const twin of state.twins.filter(({ name }) => isTarget(name))) {
      await step(async () => {
        await drop(twin.name, twin.entry);
        await save(() => state.twins.splice(state.twins.indexOf(twin), 1));
      });
    }
  }

  async function readAll(isTarget: (name: string) => boolean): Promise<void> {
    await Promise.all(
      [...state.entries]
        .filter(([name, entry]) => isTarget(name) && !entry.pendingReplacement)
        .map(([name, entry]) =>
          step(async () => {
            watch.read(entry);
            const outputs = stored(await process.call(() => host.read(runtime, recordedState(entry))));
            // A read may return another id: for a resource with a placeholder id, the id of the run.
            const shown = { ...entry, id: outputs.executionId === "" ? entry.id : outputs.executionId, outputs };
            await process.call(() => host.diff(runtime, { state: recordedState(shown), news: entry.inputs }));
            // A refresh that succeeds removes the recorded failures.
            await save(() => state.entries.set(name, { ...shown, initErrors: [] }));
          }),
        ),
    );
  }

  return {
    /** Executes `pulumi up --skip-preview`. */
    up: (program: ReadonlyMap<string, Declared>, { refresh, forced, target }: CommandOptions = {}) =>
      command(async () => {
        const isTarget = (name: string): boolean => target === undefined || name === target;
        if (state.scope === undefined) {
          scopes += 1;
          await save(() => {
            state.scope = `scope-secret-${scopes}`;
          });
        }
        if (refresh) await readAll(isTarget);
        if (errors.length > 0) return;
        const steps: Promise<void>[] = [];
        for (const [name, args] of program) {
          if (!isTarget(name)) continue;
          await step(async () => {
            const planned = await plan(name, args, forced);
            if (planned === undefined) return;
            const begun = step(planned);
            // The promise is awaited below. A kill may reject it earlier, and this rejection must not count as
            // unhandled.
            begun.catch(() => undefined);
            steps.push(begun);
          });
        }
        await Promise.all(steps);
        if (errors.length > 0) return;
        await removeTwins(isTarget);
        const gone = [...state.entries].filter(([name]) => !program.has(name) && isTarget(name));
        await Promise.all(gone.map(([name, entry]) => step(() => remove(name, entry))));
      }),
    /** Executes `pulumi preview`. */
    preview: (program: ReadonlyMap<string, Declared>) =>
      command(async () => {
        const entries = new Map(state.entries);
        const scratch = createEngine(
          host,
          process,
          { scope: state.scope ?? UNKNOWN_MARKER, entries, twins: [] },
          watch,
        );
        for (const [name, args] of program) await step(async () => void (await scratch.plan(name, args)));
      }),
    refresh: () => command(() => readAll(() => true)),
    destroy: ({ target }: CommandOptions = {}) =>
      command(async () => {
        const isTarget = (name: string): boolean => target === undefined || name === target;
        await removeTwins(isTarget);
        const rows = [...state.entries].filter(([name]) => isTarget(name));
        await Promise.all(rows.map(([name, entry]) => step(() => remove(name, entry))));
        const { scope } = state;
        if (errors.length > 0 || scope === undefined || target !== undefined) return;
        await step(async () => {
          await process.call(() => reportRunsOfScope(runtime.context(""), scope));
          await save(() => {
            state.scope = undefined;
          });
        });
      }),
    plan,
  };
}

function usableId(id: unknown): string {
  if (typeof id !== "string" || id === "") throw new Error("BREACH: no id that the engine could save");
  return id;
}
