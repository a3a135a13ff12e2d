import { parseInputs } from "../../inputs/parse-inputs";
import type { LifecycleContext } from "../../process/context";
import { InitFailure } from "../../run/errors";
import { identify } from "../../run/identity/identity";
import { labelIn, parseFileName, type StartKey, sameResource } from "../../run/identity/start-key";
import { parseOutputs } from "../../run/record/record";
import type { Planted } from "./command";
import { inContext, inHost, inMemory, silent, withClient } from "./plant";
import type { Mutation } from "./process";
import type { SCENARIOS } from "./scenario";

/** Aborts the active runs that `fits` selects by their start key, except the runs that the process knows. */
async function abortAll({ client, processCache }: LifecycleContext, fits: (key: StartKey, id: string) => boolean) {
  for (const run of (await client.listActive()).executions) {
    const key = parseFileName(run.fileName);
    const id = run.executionId;
    if (key !== undefined && fits(key, id) && !processCache.isKnown(run)) await client.abort(id);
  }
}

/** A bug: a wait treats every other run of its resource as a second run from its own start. */
const endingDuplicates: Mutation = inContext((context) => ({
  duplicates: {
    ...context.duplicates,
    guard(watch, own, deadline) {
      context.duplicates.guard(watch, own, deadline);
      const key = parseFileName(own.startKey);
      if (key === undefined) return;
      const isDuplicate = (found: StartKey, id: string) => id !== own.executionId && sameResource(found, key);
      context.poller.onList(() => void abortAll(context, isDuplicate).catch(() => undefined));
    },
  },
}));

/** A file name that begins with a well-formed start key of another resource. */
const SOMEBODY_ELSES = "zzzzzzzzzzzzzzzzzzzza1";

const ABORT_OF_OTHERS = /abort of run-\d+, which (no row|row \w+ of [\w ]+) holds/;

const isUnclearStart = (error: unknown): boolean =>
  error instanceof InitFailure && (error.outputs as { executionId?: string }).executionId === "";

/**
 * Bugs that a real provider might have. Each bug has the message with which the model finds the bug, and the kind of
 * scenarios in which the test looks for it. Default: the usual scenarios.
 */
export const BUGS: readonly (readonly [
  name: string,
  planted: Planted,
  message: RegExp,
  kind?: keyof typeof SCENARIOS,
])[] = [
  [
    "no look before a start",
    {
      runtime: inContext(() => ({ sharedSnapshot: { read: async () => ({ active: [], history: [], gaps: [] }) } })),
    },
    /is to be taken over|still goes on|go on beside/,
  ],
  [
    "a delete that trusts the abort",
    inHost(() => ({
      delete: async (runtime, state) => void (await runtime.client().abort(parseOutputs(state).executionId)),
    })),
    /still goes on|alive after destroy|deleted while|has, too|silently kept/,
  ],
  [
    "a delete that does nothing",
    inHost(() => ({ delete: async () => undefined })),
    /still goes on|alive after destroy|go on beside|silently kept/,
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
    /still goes on|go on beside|whose run may still come is not recorded/,
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
    /was not started anew|no recovery/,
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
    "denied",
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
        await abortAll(runtime.context(state.urn), ({ scope }) => String(state.properties.startKey).startsWith(scope));
      },
    })),
    /which no row holds|which row|is not running|is not completed|is not accepted/,
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
    /still goes on|go on beside|beside run/,
  ],
  [
    "a destroy that forgets what an interrupted command left",
    { runtime: inContext(() => ({ activeRuns: async () => [] })) },
    /alive after destroy/,
  ],
  [
    "a create that aborts what carries its key",
    inHost((host) => ({
      create: async (runtime, request) => {
        const { key } = identify(parseInputs(request.news));
        await abortAll(
          runtime.context(request.news.urn),
          (found) => sameResource(found, key) && found.inputs !== key.inputs,
        );
        return host.create(runtime, request);
      },
    })),
    ABORT_OF_OTHERS,
  ],
  ["a watch that aborts what others started", { runtime: endingDuplicates }, ABORT_OF_OTHERS],
  [
    "an adoption of a run that a resource of the command has",
    { runtime: inMemory({ isKnown: () => false }) },
    /took over run-\d+, which this command has seen recorded|no recovery/,
  ],
  ["an adoption without a message", { runtime: silent(/adopted/) }, /took over run-\d+ without a word/],
  [
    "a run that goes on without a resource in the state, and that no line names",
    { runtime: silent(/pulumi-lyceum abort/) },
    /nobody was told|not reported/,
  ],
  [
    "a deletion that aborts the run of another resource",
    inHost((host) => ({
      delete: async (runtime, state) => {
        await runtime.client().abort(parseOutputs(state).executionId);
        return host.delete(runtime, state);
      },
    })),
    /has, too, as this command has seen/,
  ],
  [
    "a delete that gives up on an unclear abort",
    inHost((host) => ({
      delete: async (runtime, state) => {
        const thrown: unknown[] = [];
        const abort: Mutation = withClient((client) => ({
          abort: (id, options) =>
            client.abort(id, options).catch((error: unknown) => {
              thrown.push(error);
              throw error;
            }),
        }));
        await host.delete(abort(runtime), state);
        if (thrown.length > 0) throw thrown[0];
      },
    })),
    /ended in time, and its delete failed|nobody cancelled anything/,
  ],
  [
    "an unclear start that is not recorded",
    inHost((host) => ({
      create: (runtime, request) =>
        host.create(runtime, request).catch((error: unknown) => {
          throw isUnclearStart(error) ? new Error((error as Error).message) : error;
        }),
    })),
    /is not recorded/,
    "dark",
  ],
  [
    "an unclear start that is sent again",
    inHost((host) => ({
      update: (runtime, request) =>
        request.state.properties.executionId === ""
          ? host.create(runtime, { news: request.news })
          : host.update(runtime, request),
    })),
    /was started again after an unclear start|still goes on|beside run|is not recorded/,
    "dark",
  ],
  [
    "an unclear start that is deleted without a word",
    inHost((host) => ({
      delete: async (runtime, state) => (state.properties.executionId === "" ? undefined : host.delete(runtime, state)),
    })),
    /let go without a word|alive after destroy|nobody was told|silently kept/,
    "dark",
  ],
];
