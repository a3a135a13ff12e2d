import fc from "fast-check";
import { CALM, type ModelWorld, type Trouble } from "./command";
import type { Forced } from "./engine";
import { failure, inTheDark } from "./failures";
import type { Kill } from "./process";
import { type DesiredRun, PLAIN_RUN } from "./rules";
import { copyBackend, deleteRow, moveRow, renameRow, restoreCheckpoint } from "./surgery";

/**
 * The state of fast-check's model. It is empty, because the model service and the model engine contain the whole state.
 */
export type Model = Record<string, never>;
type Act = fc.AsyncCommand<Model, ModelWorld>;

export const NAMES = ["train", "serve"] as const;
/** A third name. Only a rename gives this name to a resource. */
const SPARE = "spare";

/** Scripts of runs, by name: the statuses of a run, each with the seconds (`after`) since the run was started. */
export const SCRIPTS = {
  quick: [
    { after: 1, status: "running" },
    { after: 6, status: "completed", returnCode: 0 },
  ],
  long: [
    { after: 1, status: "starting" },
    { after: 4, status: "running" },
    { after: 90, status: "completed", returnCode: 0 },
  ],
  endless: [{ after: 2, status: "running" }],
  queued: [{ after: 1, status: "queued" }],
  failing: [
    { after: 1, status: "running" },
    { after: 3, status: "failed", returnCode: 3 },
  ],
  broken: [{ after: 0, status: "system_failure" }],
  "no word": [
    { after: 1, status: "thawing" },
    { after: 5, status: "running" },
    { after: 30, status: "completed" },
  ],
} as const;

const policy = fc.constantFrom(undefined, "rerun", "keep", "fail" as const);

/** Generates a change of one or two fields of a desired run. The other fields stay the same. */
const change: fc.Arbitrary<Partial<DesiredRun>> = fc.oneof(
  fc.record({ text: fc.constantFrom(1, 2, 3) }),
  fc.record({ triggers: fc.constantFrom(0, 1, 2) }),
  fc.record({ machine: fc.constantFrom("cpu", "gpu.a100" as const) }),
  fc.record({ credentials: fc.constantFrom(0, 1, 2) }),
  fc.record({ waitFor: fc.constantFrom("accepted", "running", "completed" as const) }),
  fc.record({ waitFor: fc.constant("completed" as const), whenFailed: policy }),
  fc.record({ whenFailed: policy, whenAborted: policy }),
  fc.record({ whenLost: policy }),
  fc.record({ whenLost: fc.constant("rerun" as const) }),
  fc.record({ runOnEveryUp: fc.boolean() }),
  fc.record({ adoptEndedWithin: fc.constantFrom(0, 30, 3600) }),
  fc.record({ onDelete: fc.constantFrom(undefined, "abort", "leave" as const) }),
  fc.record({ deleteRecord: fc.boolean() }),
  fc.record({ retainOnDelete: fc.boolean() }),
  fc.record({ existingExecutionId: fc.constantFrom(undefined, "run-1", undefined) }),
);

const kill: fc.Arbitrary<Kill> = fc.record({
  at: fc.oneof(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 60 })),
  victim: fc.constantFrom("both", "engine", "provider" as const),
});

/** Generates what happens to a command. `dark` is the weight of a start that fails, followed by lookups that fail. */
const troubles = (dark: number): fc.Arbitrary<Trouble> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(CALM) },
    { weight: 3, arbitrary: fc.record({ failures: fc.array(failure, { minLength: 1, maxLength: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ failures: fc.constant([]), kill }) },
    { weight: 1, arbitrary: fc.record({ failures: fc.array(failure, { minLength: 1, maxLength: 2 }), kill }) },
    { weight: dark, arbitrary: fc.record({ failures: inTheDark }) },
  );

const name = fc.constantFrom(...NAMES);

/** Makes a step of the scenario. */
function act(what: string, run: (world: ModelWorld) => unknown, check: () => boolean = () => true): Act {
  return {
    check,
    run: async (_model, world) => {
      world.scenario.push(what);
      await run(world);
    },
    toString: () => what,
  };
}

function sequence(acts: readonly Act[]): Act {
  return {
    check: () => true,
    run: async (model, world) => {
      for (const each of acts) await each.run(model, world);
    },
    toString: () => acts.join(", then "),
  };
}

const described = (message: string, detail: unknown): string => `${message} ${JSON.stringify(detail)}`;

const declare = fc.tuple(name, change).map(([which, changed]) =>
  act(described(`declare ${which}`, changed), ({ mine }) => {
    mine.program.set(which, { ...(mine.program.get(which) ?? PLAIN_RUN), ...changed });
  }),
);
const takeOut = fc
  .constantFrom(...NAMES, SPARE)
  .map((which) => act(`take ${which} out`, ({ mine }) => mine.program.delete(which)));
const target = fc.constantFrom(undefined, undefined, undefined, ...NAMES, SPARE);
const up = (trouble: fc.Arbitrary<Trouble>) =>
  fc
    .tuple(trouble, fc.constantFrom(false, false, false, true), target)
    .map(([how, refresh, only]) =>
      act(described("up", { refresh, target: only, ...how }), (world) =>
        world.command(world.mine, "up", { ...how, refresh, target: only }),
      ),
    );
const forced: fc.Arbitrary<Forced> = fc.record({
  name,
  by: fc.constantFrom("--replace", "replacementTrigger" as const),
  deleteFirst: fc.boolean(),
});
const upForced = (trouble: fc.Arbitrary<Trouble>) =>
  fc
    .tuple(trouble, forced)
    .map(([how, asked]) =>
      act(described("up", { ...asked, ...how }), (world) => world.command(world.mine, "up", { ...how, forced: asked })),
    );
const otherKinds = (trouble: fc.Arbitrary<Trouble>) =>
  fc
    .tuple(fc.constantFrom("preview", "refresh", "destroy" as const), trouble, target)
    .map(([kind, how, only]) =>
      act(described(kind, kind === "destroy" ? { target: only, ...how } : how), (world) =>
        world.command(world.mine, kind, { ...how, target: kind === "destroy" ? only : undefined }),
      ),
    );
const another = fc.constantFrom("up", "refresh", "destroy" as const).map((kind) =>
  act(`${kind} of another stack`, async (world) => {
    for (const which of NAMES) world.other.program.set(which, PLAIN_RUN);
    await world.command(world.other, kind);
  }),
);
const ofCopy = fc
  .tuple(fc.constantFrom("up", "up", "refresh", "destroy" as const), name, change)
  .map(([kind, which, changed]) =>
    act(described(`${kind} of the copy`, { [which]: changed }), async ({ command, stacks: { copy } }) => {
      if (copy === undefined) return;
      copy.program.set(which, { ...(copy.program.get(which) ?? PLAIN_RUN), ...changed });
      await command(copy, kind);
    }),
  );
const pass = fc
  .constantFrom(1, 5, 40, 4000)
  .map((seconds) => act(`${seconds} s pass`, ({ clock }) => clock.sleep(seconds)));
const weather = fc.constantFrom(...(Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[])).map((how) =>
  act(`runs are ${how} from now on`, ({ service }) => {
    service.behaviour.script = SCRIPTS[how];
  }),
);
const lag = fc.constantFrom(0, 0, 8).map((seconds) =>
  act(`lists lag ${seconds} s`, ({ service }) => {
    service.behaviour.lag = seconds;
  }),
);
/** Generates an event of a run: the recorded run of a resource, or the newest run, even if no state records it. */
const event = fc
  .tuple(
    fc.constantFrom("completed", "failed", "aborted", "forgotten", "remembered" as const),
    fc.constantFrom(...NAMES, ...NAMES, "newest" as const),
  )
  .map(([what, which]) =>
    act(`the run of ${which} is ${what}`, ({ service, mine, truth }) => {
      const entry = mine.state.entries.get(which);
      const run = which === "newest" ? service.runs.at(-1) : entry && truth.runOf(entry);
      if (run === undefined) return;
      if (what === "forgotten") service.behaviour.forgotten.add(run.executionId);
      else if (what === "remembered") service.behaviour.forgotten.delete(run.executionId);
      else service.end(run, what, what === "failed" ? 3 : undefined);
    }),
  );

/** Generates an end that one record shows and later records do not show. */
const takenBack = fc.tuple(name, fc.constantFrom("failed", "completed", "aborted" as const)).map(([which, status]) =>
  act(`the run of ${which} is shown as ${status} once`, ({ service, mine, truth }) => {
    const entry = mine.state.entries.get(which);
    if (entry !== undefined) service.behaviour.takenBack.set(truth.idOf(entry), { status, answers: 1 });
  }),
);

/**
 * The ways in which Lyceum's lists may show the `file_name` of a start, which contains the start key. `readable`:
 * whether the provider can still read the start key.
 */
export const ALTERED = {
  "as sent": { show: (sent: string) => sent, readable: true },
  "in upper case": { show: (sent: string) => sent.toUpperCase(), readable: true },
  "with a prefix": { show: (sent: string) => `org/${sent}`, readable: true },
  "with a suffix": { show: (sent: string) => `${sent}.yaml`, readable: true },
  "cut short": { show: (sent: string) => sent.slice(0, 20), readable: false },
  "as a constant": { show: () => "docker-compose.yml", readable: false },
} as const;
const alter = fc.constantFrom(...(Object.keys(ALTERED) as (keyof typeof ALTERED)[])).map((how) =>
  act(`file names are shown ${how}`, ({ service }) => {
    service.behaviour.fileNames = ALTERED[how];
  }),
);

const surgery = fc.oneof(
  name.map((which) => act(`pulumi state delete ${which}`, (world) => deleteRow(world, which))),
  fc
    .tuple(name, fc.boolean())
    .map(([which, withLine]) =>
      act(described(`pulumi state move ${which}`, { withLine }), (world) => moveRow(world, which, withLine)),
    ),
  fc
    .tuple(fc.constantFrom(...NAMES, ...NAMES, SPARE), fc.constantFrom(...NAMES, SPARE), fc.boolean())
    .map(([which, to, withLine]) =>
      act(described(`pulumi state rename ${which} ${to}`, { withLine }), (world) =>
        renameRow(world, which, to, withLine),
      ),
    ),
  fc.constant(act("the state backend is copied", copyBackend)),
  fc
    .integer({ min: 1, max: 4 })
    .map((many) => act(`the state of ${many} commands ago is restored`, (world) => restoreCheckpoint(world, many))),
);

/** Generates a change of the state by hand and an edit of the program, directly followed by an `up`. */
const surgeryAndUp = (trouble: fc.Arbitrary<Trouble>) =>
  fc.tuple(surgery, declare, up(trouble)).map((acts) => sequence(acts));
/** Generates steps that retain a resource, and then declare another run or remove the resource from the program. */
const retained = (trouble: fc.Arbitrary<Trouble>) =>
  fc
    .tuple(
      name.map((which) =>
        act(`retain ${which}`, ({ mine }) => {
          mine.program.set(which, { ...(mine.program.get(which) ?? PLAIN_RUN), retainOnDelete: true });
        }),
      ),
      up(trouble),
      fc.oneof(declare, takeOut),
      up(trouble),
    )
    .map((acts) => sequence(acts));

const weighted = (trouble: fc.Arbitrary<Trouble>, denials: number) =>
  (
    [
      [4, declare],
      [1, takeOut],
      [6, up(trouble)],
      [1, upForced(trouble)],
      [2, otherKinds(trouble)],
      [1, another],
      [1, ofCopy],
      [2, pass],
      [2, weather],
      [4, event],
      [denials, takenBack],
      [1, alter],
      [1, surgery],
      [3, surgeryAndUp(trouble)],
      [1, retained(trouble)],
      [1, lag],
    ] as const
  ).map(([weight, arbitrary]) => ({ weight, arbitrary }));

/** Generates scenarios with a bounded number of commands. */
const scenariosOf = ({ dark = 1, denials = 1 }: { readonly dark?: number; readonly denials?: number }) =>
  fc.commands([fc.oneof(...weighted(troubles(dark), denials))], { maxCommands: 34, size: "max" });

/**
 * Scenarios of three kinds. `dark` has many starts whose outcome no call shows, and `denied` many ends that later
 * records do not show. A bug that only such events show would take minutes to find in the usual scenarios.
 */
export const SCENARIOS = {
  usual: scenariosOf({}),
  dark: scenariosOf({ dark: 30 }),
  denied: scenariosOf({ denials: 12 }),
} as const;
