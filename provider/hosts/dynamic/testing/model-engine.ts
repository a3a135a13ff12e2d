import { unknownMarker } from "../../../compose";
import { endScope } from "../../../execution";
import { EXECUTION_PROVIDER } from "../provider-code";
import { Killed, type ModelProcess } from "./model-process";

type Properties = Record<string, unknown>;

/** The calls of the host that the engine makes; the real host, unless a test plants a bug in it. */
export type Host = Pick<typeof import("../execution"), "check" | "diff" | "create" | "update" | "read" | "delete">;

/** One resource as the state holds it. */
export interface Entry {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Reasons of a run that exists but fell short. */
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
 * Pulumi's engine as far as a dynamic provider can tell, by what the real one has been seen to do: check and diff one at a
 * time, the rest at once; a state that is written behind every step; replacements that delete first.
 */
export function createEngine(host: Host, process: ModelProcess, state: StackState) {
  const errors: string[] = [];

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
    inputs: Properties,
    before: Entry | undefined,
    work: () => Promise<{ id?: string; outs: Properties }>,
  ): Promise<void> {
    try {
      const { id = before?.id ?? "", outs } = await process.call(work);
      await save(() => state.entries.set(name, { id: usableId(id), inputs, outputs: plain(outs), initErrors: [] }));
    } catch (error) {
      const failure = error as { id?: unknown; properties?: Properties; reasons?: string[] };
      if (typeof failure.id !== "string") throw error;
      const { id, properties = {}, reasons = [] } = failure;
      if (reasons.length === 0) throw new Error("BREACH: an init failure without reasons is silently accepted");
      if (properties.__provider !== EXECUTION_PROVIDER) throw new Error("BREACH: no __provider in the properties");
      // An update that fell short keeps the old inputs, so that it is called again.
      const kept = before?.inputs ?? inputs;
      const outputs = plain(properties);
      await save(() => state.entries.set(name, { id: usableId(id), inputs: kept, outputs, initErrors: reasons }));
      throw new Error(reasons.join("\n"));
    }
  }

  async function replace(name: string, old: Entry, news: Properties): Promise<void> {
    // As the real engine does: nothing of the old inputs is carried over.
    const { inputs } = await process.call(() => host.check({}, news));
    await process.call(() => host.delete(old.id, { ...old.outputs }));
    await save(() => state.entries.set(name, { ...old, pendingReplacement: true }));
    await settle(name, inputs, undefined, () => host.create(inputs));
  }

  async function plan(name: string, args: Properties): Promise<(() => Promise<void>) | undefined> {
    const found = state.entries.get(name);
    const old = found?.pendingReplacement ? undefined : found;
    const news = { ...args, __provider: EXECUTION_PROVIDER, __resourceUrn: urnOf(name), __scope: state.scope };
    const { inputs, failures } = await process.call(() => host.check(old?.inputs ?? {}, news));
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    if (old === undefined) return () => settle(name, inputs, undefined, () => host.create(inputs));
    const answer = await process.call(() => host.diff(old.id, { ...old.outputs }, inputs));
    if (answer.replaces !== undefined) return () => replace(name, old, news);
    if (answer.changes || old.initErrors.length > 0) {
      return () => settle(name, inputs, old, () => host.update(old.id, { ...old.outputs }, inputs));
    }
    await save(() => state.entries.set(name, { ...old, inputs }));
    return undefined;
  }

  async function remove(name: string, entry: Entry): Promise<void> {
    // What waits for its replacement was deleted already: the engine only forgets it.
    if (!entry.pendingReplacement) await process.call(() => host.delete(entry.id, { ...entry.outputs }));
    await save(() => state.entries.delete(name));
  }

  async function readAll(): Promise<void> {
    await Promise.all(
      [...state.entries]
        .filter(([, entry]) => !entry.pendingReplacement)
        .map(([name, entry]) =>
          step(async () => {
            const { id, props } = await process.call(() => host.read(entry.id, { ...entry.outputs }));
            await process.call(() => host.diff(id, plain(props), entry.inputs));
            // A refresh that succeeds clears the engine's memory of a failure.
            await save(() => state.entries.set(name, { ...entry, outputs: plain(props), initErrors: [] }));
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
          await process.call(() => endScope(process.runtime.context(), scope));
          await save(() => {
            state.scope = undefined;
          });
        });
      }),
    plan,
  };
}

/** An answer as the engine can store it. */
function plain(properties: Properties): Properties {
  const stored = JSON.parse(JSON.stringify(properties)) as Properties;
  if (Object.values(properties).some((value) => value === undefined)) {
    throw new Error("BREACH: an answer holds undefined, which the engine cannot store");
  }
  return stored;
}

function usableId(id: unknown): string {
  if (typeof id !== "string" || id === "") throw new Error("BREACH: no id that the engine could save");
  return id;
}
