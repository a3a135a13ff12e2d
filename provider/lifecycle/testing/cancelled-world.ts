import { createExecution } from "../create/create";
import { InitFailure } from "../run/errors";
import type { ExecutionOutputs } from "../run/record/record";
import { createWorld, someInputs, type World } from "./world";

type Context = World["context"];

/**
 * The parts of a context that a test replaces. `client` contains single calls that replace the calls of the real
 * client.
 */
export type Altered = Partial<Omit<Context, "client">> & { readonly client?: Partial<Context["client"]> };

/** The statuses of a run that never ends by itself. */
export const GOING = [{ after: 1, status: "running" }];

/** Inputs that wait for the end of the run. */
export const desired = someInputs({ waitFor: "completed" });

/**
 * Makes a world, a context, and a `signal` that fires after `afterSeconds`. The parts that `alter` returns replace
 * those of the context.
 */
export function cancelled(afterSeconds: number, alter: (world: World) => Altered = () => ({})) {
  const world = createWorld();
  world.service.behaviour.script = GOING;
  const { client, ...altered } = alter(world);
  const context = { ...world.context, ...altered, client: { ...world.context.client, ...client } };
  const cancel = new AbortController();
  let firedAt = Number.NaN;
  void world.clock.sleep(afterSeconds).then(() => {
    firedAt = world.clock.now();
    cancel.abort();
  });
  /** Returns how an operation ended, and the seconds from the cancel to its end. */
  async function ended(work: Promise<unknown>) {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const seconds = (world.clock.now() - firedAt) / 1000;
    const failure = error instanceof InitFailure ? (error as InitFailure<ExecutionOutputs>) : undefined;
    return { seconds, failure, message: failure?.reasons[0] ?? (error as Error | undefined)?.message };
  }
  /** Makes a create that is cancelled, and returns how the create ended. */
  const created = (inputs = desired, run?: "abort") =>
    ended(createExecution(context, inputs, { signal: cancel.signal, run }));
  return { ...world, context, signal: cancel.signal, ended, created };
}

/** A call that never answers and ignores its signal. */
export const hangs = () => new Promise<never>(() => undefined);

/** Creates an execution, as an earlier command does, and returns its outputs. */
export async function recorded(world: Pick<World, "context">, inputs: Record<string, unknown> = {}) {
  return createExecution(world.context, someInputs(inputs));
}
