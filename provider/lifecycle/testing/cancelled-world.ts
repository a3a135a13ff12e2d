import { createExecution } from "../create/create";
import { InitFailure } from "../errors/errors";
import type { ExecutionOutputs } from "../state/record";
import { createWorld, someInputs } from "./world";

/** A world of the lifecycle's own tests. */
export type World = ReturnType<typeof createWorld>;
/** The client of such a world. */
export type Client = World["context"]["client"];

/** The script of a run that never ends by itself. */
export const GOING = [{ after: 1, status: "running" }];

/** A world with a cancel that fires after so many seconds, and a client of which some calls are replaced. */
export function cancelled(afterSeconds: number, calls: (world: World) => Partial<Client> = () => ({})) {
  const world = createWorld();
  world.service.behaviour.script = GOING;
  const client = { ...world.context.client, ...calls(world) };
  const cancel = new AbortController();
  let firedAt = Number.NaN;
  void world.clock.sleep(afterSeconds).then(() => {
    firedAt = world.clock.now();
    cancel.abort();
  });
  /** How an operation ended, and how long after the cancel. Seconds. */
  async function ended(work: Promise<unknown>) {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const seconds = (world.clock.now() - firedAt) / 1000;
    const failure = error instanceof InitFailure ? (error as InitFailure<ExecutionOutputs>) : undefined;
    return { seconds, failure, message: failure?.reasons[0] ?? (error as Error | undefined)?.message };
  }
  return { ...world, context: { ...world.context, client }, signal: cancel.signal, ended };
}

/** Never answers, whatever becomes of its signal. */
export const hangs = () => new Promise<never>(() => undefined);
/** How many starts were sent. */
export const startsOf = ({ service }: World): number =>
  service.calls.filter((call) => call.startsWith("start ")).length;
/** Inputs that wait for the end of the run. */
export const desired = someInputs({ waitFor: "completed" });

/** A recorded run that goes on. */
export async function recorded(world: Pick<World, "context">, inputs: Record<string, unknown> = {}) {
  return createExecution(world.context, someInputs(inputs));
}

/** A poller that shows one status at once. */
export function shows({ context }: World, status: string): World["context"]["poller"] {
  return { ...context.poller, watch: async (_id, see) => see({ kind: "status", status }) ?? "deadline" };
}
