import type { LyceumPort } from "../../lyceum/port";
import { labelIn } from "../create/start-key";
import type { LifecycleContext } from "../process/context";
import type { ProcessCache } from "../process/process-cache";
import type { Planted } from "./model-command";
import type { Host } from "./model-engine";
import type { Mutation } from "./model-process";

/** A bug in what the lifecycle acts through. */
function inContext(change: (context: LifecycleContext) => Partial<LifecycleContext>): Mutation {
  return (runtime) => {
    let altered: LifecycleContext | undefined;
    const context = (): LifecycleContext => {
      const real = runtime.context();
      altered ??= { ...real, ...change(real) };
      return altered;
    };
    return { ...runtime, context };
  };
}

/** A bug in what a process remembers. */
function inMemory(change: Partial<ProcessCache>): Mutation {
  return (runtime) => {
    const processCache = { ...runtime.processCache, ...change };
    return { ...inContext(() => ({ processCache }))(runtime), processCache };
  };
}

function inHost(change: (host: Host) => Partial<Host>): Planted {
  return { host: (host) => ({ ...host, ...change(host) }) };
}

const withClient = (change: (client: LyceumPort) => Partial<LyceumPort>): Mutation =>
  inContext(({ client }) => ({ client: { ...client, ...change(client) } }));

/** The aborts of a delete are believed: the next observation of an aborted run is its end. */
const trustingDelete: Mutation = inContext(({ client, poller }) => {
  const aborted = new Set<string>();
  return {
    client: {
      ...client,
      abort: (id, options) => {
        aborted.add(id);
        return client.abort(id, options);
      },
    },
    poller: {
      ...poller,
      watch: async (id, see, deadline) =>
        (aborted.has(id) ? see({ kind: "status", status: "aborted" }) : undefined) ?? poller.watch(id, see, deadline),
    },
  };
});

/** A name that is well formed and of another resource. */
const SOMEBODY_ELSES = "zzzzzzzzzzzzzzzzzzzza1";

/**
 * Bugs of the field, each with what the model has to say of it, and for a rare one the number of the scenario that meets it: it is
 * tried first. When scenarios are made in another way, the number is another one.
 */
export const BUGS: readonly (readonly [name: string, planted: Planted, message: RegExp, rare?: string])[] = [
  [
    "no look before a start",
    {
      runtime: inContext(() => ({ sharedSnapshot: { read: async () => ({ active: [], history: [], gaps: [] }) } })),
    },
    /is to be taken over|still goes on|go on beside/,
  ],
  ["a delete that trusts the abort", { runtime: trustingDelete }, /still goes on|alive after destroy|deleted while/],
  [
    "a delete that does nothing",
    inHost(() => ({ delete: async () => undefined })),
    /still goes on|alive after destroy|go on beside/,
  ],
  [
    "a start without a clear answer, sent again",
    {
      runtime: withClient((client) => ({
        start: async (request, options) => {
          const outcome = await client.start(request, options);
          return outcome.kind === "unknown" ? client.start(request, options) : outcome;
        },
      })),
    },
    /still goes on|go on beside/,
  ],
  [
    "a failure without the id of its run",
    inHost((host) => ({
      create: (runtime, request) =>
        host.create(runtime, request).catch((error: Error) => {
          throw new Error(error.message);
        }),
    })),
    /was answered and is not recorded/,
  ],
  [
    "a process that forgets what is recorded",
    { runtime: inMemory({ isKnown: () => false, recordedAttempt: () => undefined }) },
    /was not started anew/,
  ],
  [
    "a forgotten run, run again",
    inHost((host) => ({
      diff: async (runtime, request) =>
        request.state.properties.missing === "forgotten" ? { kind: "replace" } : host.diff(runtime, request),
    })),
    /nothing calls for it/,
  ],
  [
    "a failure since the last command, not noticed",
    {
      runtime: inContext(({ drift }) => ({
        drift: { ...drift, current: async (outputs) => ({ outputs, isObserved: false, gaps: [] }) },
      })),
    },
    /was not started anew|nothing stopped/,
  ],
  [
    "a stop that is none",
    inHost((host) => ({
      diff: async (runtime, request) => {
        const answer = await host.diff(runtime, request);
        return answer.kind === "replace" ? answer : { kind: "same" };
      },
    })),
    /nothing stopped|is not completed|is not running/,
  ],
  [
    "an end that is believed at first sight",
    {
      runtime: withClient((client) => ({
        record: async (id, options) => {
          const found = await client.record(id, options);
          if (found.kind === "missing" || !["failed", "completed", "aborted"].includes(found.value.status))
            return found;
          return { kind: "found", value: { endedAt: "2026-03-01T12:00:00Z", ...found.value } };
        },
      })),
    },
    /and its run goes on|still goes on|nothing calls for it/,
    "1454",
  ],
  [
    "a forced replacement that starts nothing and does not report it",
    inHost((host) => ({
      delete: (runtime, state) =>
        host.delete(runtime, state).catch((error: Error) => {
          if (!error.message.includes("LYC3022")) throw error;
        }),
    })),
    /silently kept/,
  ],
  [
    "a deletion that ends every run that carries the stack's keys",
    inHost((host) => ({
      delete: async (runtime, state) => {
        await host.delete(runtime, state);
        const { client } = runtime.context();
        const key = String(state.properties.startKey).slice(0, 6);
        for (const { executionId, fileName = "" } of (await client.listActive()).executions) {
          if (fileName.startsWith(key)) await client.abort(executionId);
        }
      },
    })),
    /which no row holds|is another's run|is not running|is not completed|is not accepted/,
  ],
  [
    "a name that is not understood, taken for somebody else's",
    {
      runtime: inContext(({ sharedSnapshot }) => ({
        sharedSnapshot: {
          read: async (options) => {
            const snapshot = await sharedSnapshot.read(options);
            const renamed = (runs: typeof snapshot.active) =>
              runs.map((run) => (labelIn(run.fileName) === run.fileName ? { ...run, fileName: SOMEBODY_ELSES } : run));
            return { ...snapshot, active: renamed(snapshot.active), history: renamed(snapshot.history) };
          },
        },
      })),
    },
    /still goes on|go on beside/,
  ],
  [
    "a destroy that forgets what an interrupted command left",
    { runtime: inContext(() => ({ sharedList: async () => ({ executions: [], unreadable: 0, hasMore: false }) })) },
    /alive after destroy/,
  ],
];

/** A deletion that aborts whatever its row says. Two rows of one run are too rare to be met by chance: its test makes them. */
export const TWIN_BUG: Planted = inHost((host) => ({
  delete: async (runtime, state) => {
    await runtime.context().client.abort(state.id);
    return host.delete(runtime, state);
  },
}));
