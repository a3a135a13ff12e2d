import type { LyceumPort } from "../../lyceum/port";
import { InitFailure } from "../run/errors";
import type { ExecutionOutputs } from "../run/record/record";
import { waitUntilReached } from "../wait/wait";
import type { Observation } from "../watch/observe";
import { recorded } from "./diff-facts";
import { createWorld, someInputs } from "./world";

/**
 * An answer of a poller about the run, and its time in seconds since the wait began. If the answer is an error, the
 * poller throws it.
 */
export type Shown = readonly [seconds: number, observation: Observation | Error];

/** How a test changes a wait. */
export interface WaitFacts {
  readonly started?: Partial<ExecutionOutputs>;
  readonly inputs?: Record<string, unknown>;
  readonly shown?: readonly Shown[];
  readonly client?: Partial<LyceumPort>;
  readonly clocks?: { readonly queue?: number; readonly run?: number; readonly total?: number };
  readonly world?: ReturnType<typeof createWorld>;
}

/** Makes an observation of a status. */
export const status = (word: string, more: object = {}): Observation => ({
  kind: "status",
  status: word,
  record: { status: word, ...more },
});

/**
 * Waits for run r1 with a poller that shows these observations. `deadlines` contains the deadline after each
 * observation, in seconds since the wait began.
 */
export async function watchedWait(facts: WaitFacts) {
  const world = facts.world ?? createWorld();
  const { context, clock, reported } = world;
  const begunAt = clock.now();
  const deadlines: number[] = [];
  const asked: string[] = [];
  const client = new Proxy({ ...context.client, ...facts.client } as LyceumPort, {
    get: (target, name) => {
      // This call asks the client itself, and sends nothing.
      if (name !== "isSimulated") asked.push(String(name));
      return Reflect.get(target, name);
    },
  });
  let watched = false;
  const poller: typeof context.poller = {
    ...context.poller,
    async watch(_id, see, deadline) {
      watched = true;
      for (const [seconds, observation] of facts.shown ?? []) {
        await clock.sleep(begunAt / 1000 + seconds - clock.now() / 1000);
        if (observation instanceof Error) throw observation;
        const result = see(observation);
        deadlines.push((deadline() - begunAt) / 1000);
        if (result !== undefined) return result;
      }
      return "deadline";
    },
  };
  const outputs = await waitUntilReached(
    { ...context, client, poller },
    someInputs({ waitFor: "completed", ...facts.inputs }),
    recorded({ startKey: "lyc1.key", ...facts.started }),
    { queue: 100, run: 200, total: 1000, ...facts.clocks },
    { begunAt, at: begunAt + 1e6 },
  ).catch((error: unknown) => error);
  const failure = outputs instanceof InitFailure ? (outputs as InitFailure<ExecutionOutputs>) : undefined;
  return {
    outputs: failure?.outputs ?? (outputs as ExecutionOutputs),
    reason: failure?.reasons.join("\n"),
    seconds: (clock.now() - begunAt) / 1000,
    asked,
    deadlines,
    watched,
    reported,
  };
}
