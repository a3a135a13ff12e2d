import type { LyceumPort } from "../../../lyceum/port";
import type { ResultBucket } from "../../process/context";
import type { Runtime } from "../../process/engine";
import type { Uploads } from "../../run/uploads";
import { createRuntime } from "../../runtime";
import type { Clock, EngineLiveness } from "../../watch/ports";
import { noBucket } from "../memory-bucket";
import { memoryPorts } from "../projects";

/** The processes that a kill ends: the command together with its provider, only the command, or only the provider. */
export type Victim = "both" | "engine" | "provider";

/** Which processes of a command are killed, and when. */
export interface Kill {
  /**
   * The number of the moment at which the processes are killed. One moment is before and one after each request and
   * each liveness check, and one before each save.
   */
  readonly at: number;
  readonly victim: Victim;
}

/** The error of each step of the engine after the engine has died. */
export class Killed extends Error {}

/** The provider process of one command, in virtual time. The process may die at any await. */
export interface ModelProcess {
  readonly runtime: Runtime;
  /** Lines that were printed on the rows of resources: `notice: …`, `warning: …`. */
  readonly reported: readonly string[];
  /** Whether the engine and the process are alive. */
  readonly alive: { engine: boolean; provider: boolean };
  /** Calls the host. Rejects with `Killed` if the engine has died, otherwise with the error of the host. */
  call<T>(work: () => Promise<T>): Promise<T>;
  /** Counts a moment of the engine, such as a save. Throws `Killed` if the engine dies at this moment. */
  engineMoment(): Promise<void>;
  /** Ends the command and cancels all waits of the process. */
  end(): void;
  /** Returns how many moments have passed. */
  moments(): number;
}

/** Adds a bug to a runtime before the host gets the runtime. */
export type Mutation = (runtime: Runtime) => Runtime;

/**
 * The reason with which a sleep ends early. All sleeps share one reason, because a new error for each sleep would take
 * a tenth of the test's time.
 */
const OVER = "over";

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** Starts a provider process for one command. */
export function startProcess(
  world: {
    readonly clock: Clock;
    readonly port: LyceumPort;
    readonly uploads?: Uploads | undefined;
    readonly bucket?: ResultBucket;
  },
  kill: Kill | undefined,
  mutate: Mutation = (runtime) => runtime,
): ModelProcess {
  const alive = { engine: true, provider: true };
  const reported: string[] = [];
  const sleepers = new Set<AbortController>();
  const deaths: (() => void)[] = [];
  let count = 0;

  function die(victim: Victim): void {
    if (victim !== "provider") alive.engine = false;
    if (victim !== "engine") {
      alive.provider = false;
      for (const sleeper of [...sleepers]) sleeper.abort(OVER);
    }
    for (const notify of deaths.splice(0)) notify();
  }

  function moment(): void {
    count += 1;
    if (kill?.at === count) die(kill.victim);
  }

  const clock: Clock = {
    now: world.clock.now,
    async sleep(seconds, signal) {
      if (!alive.provider) return never();
      const cut = new AbortController();
      const wake = (): void => cut.abort(OVER);
      if (signal?.aborted) return;
      sleepers.add(cut);
      signal?.addEventListener("abort", wake, { once: true });
      await world.clock.sleep(seconds, cut.signal);
      signal?.removeEventListener("abort", wake);
      sleepers.delete(cut);
      if (!alive.provider) return never();
    },
  };

  /**
   * Calls `act`, with a moment before the call and a moment before its answer. A dead process makes no calls and gets
   * no answers.
   */
  async function effect<T>(act: () => Promise<T>): Promise<T> {
    if (!alive.provider) return never();
    moment();
    if (!alive.provider) return never();
    try {
      return await act();
    } finally {
      if (alive.provider) moment();
      if (!alive.provider) await never();
    }
  }

  const engine = {
    report: {
      progress: () => undefined,
      notice: (_urn: string, message: string) => void reported.push(`notice: ${message}`),
      warning: (_urn: string, message: string) => void reported.push(`warning: ${message}`),
    },
    liveness: { isAlive: () => effect(async () => alive.engine) },
    flush: async () => undefined,
  };
  const runtime = mutate(
    createRuntime({
      clock,
      engine,
      open: () => withEffects(world.port, effect),
      openBucket: () => world.bucket ?? noBucket(),
      project: memoryPorts(),
      ...(world.uploads === undefined ? {} : { uploads: world.uploads }),
    }),
  );

  // Ends the process after its engine has died, as a host does. These liveness checks do not go through `effect`, so
  // the scenario cannot choose them as the moment at which the engine or the process dies.
  void endWithEngine({ isAlive: async () => alive.engine }, clock, () => die("provider"));

  return {
    runtime,
    reported,
    alive,
    call(work) {
      if (!alive.engine) return Promise.reject(new Killed("the engine is dead"));
      if (!alive.provider) return Promise.reject(new Error("the provider process is dead"));
      return new Promise((resolve, reject) => {
        deaths.push(() => {
          if (!alive.engine) reject(new Killed("the engine is dead"));
          else reject(new Error("the provider process is dead"));
        });
        work().then(resolve, reject);
      });
    },
    async engineMoment() {
      moment();
      if (!alive.engine) throw new Killed("the engine is dead");
    },
    end() {
      alive.provider = false;
      for (const sleeper of [...sleepers]) sleeper.abort(OVER);
    },
    moments: () => count,
  };
}

/** Seconds between two checks whether the engine is alive. */
const ASKS_EVERY = 2;

/** Ends a process that has found its engine dead twice in a row. */
async function endWithEngine(engine: EngineLiveness, clock: Clock, end: () => void): Promise<void> {
  for (let missed = 0; missed < 2; ) {
    await clock.sleep(ASKS_EVERY);
    missed = (await engine.isAlive()) ? 0 : missed + 1;
  }
  end();
}

function withEffects(port: LyceumPort, effect: <T>(act: () => Promise<T>) => Promise<T>): LyceumPort {
  return {
    ...port,
    start: (request, options) => effect(() => port.start(request, options)),
    record: (id, options) => effect(() => port.record(id, options)),
    olderStatus: (id, options) => effect(() => port.olderStatus(id, options)),
    abort: (id, options) => effect(() => port.abort(id, options)),
    deleteRecord: (id, options) => effect(() => port.deleteRecord(id, options)),
    listActive: (options) => effect(() => port.listActive(options)),
    history: (page, options) => effect(() => port.history(page, options)),
    logsTail: (id, lines, options) => effect(() => port.logsTail(id, lines, options)),
  };
}
