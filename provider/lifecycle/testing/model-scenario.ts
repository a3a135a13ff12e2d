import fc from "fast-check";
import { CALM, type ModelWorld, type Trouble } from "./model-command";
import { type DesiredRun, PLAIN_RUN } from "./model-desired";
import type { Forced } from "./model-engine";
import { CALL_FAILURES, FAILING_CALLS, type InjectedFailure, START_FAILURES } from "./model-failures";
import type { Kill } from "./model-process";

/** What the scenario remembers between its commands: nothing, since the books are the service's and the engine's. */
export type Model = Record<string, never>;
type Act = fc.AsyncCommand<Model, ModelWorld>;

const NAMES = ["train", "serve"] as const;

/** How runs go that are started from now on. */
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

/** A change of one desired run: one or two axes at a time, so that most of a scenario stays as it was. */
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
  fc.record({ existingExecutionId: fc.constantFrom(undefined, "run-1", undefined) }),
);

const failure: fc.Arbitrary<InjectedFailure> = fc.record({
  call: fc.oneof(
    { weight: 3, arbitrary: fc.constant("start" as const) },
    { weight: 4, arbitrary: fc.constantFrom(...FAILING_CALLS) },
  ),
  after: fc.nat({ max: 3 }),
  times: fc.constantFrom(1, 1, 2, 30),
  start: fc.constantFrom(...START_FAILURES),
  other: fc.constantFrom(...CALL_FAILURES),
});

const kill: fc.Arbitrary<Kill> = fc.record({
  at: fc.oneof(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 60 })),
  victim: fc.constantFrom("both", "engine", "provider" as const),
});

/** An unclear start whose lookups fail as well: nobody can tell what became of it. */
const inTheDark: fc.Arbitrary<InjectedFailure[]> = fc
  .record({ start: fc.constantFrom(...START_FAILURES), call: fc.constantFrom("listActive", "history" as const) })
  .map(({ start, call }) => [
    { call: "start", after: 0, times: 1, start, other: "500" },
    { call, after: 2, times: 60, start, other: "500" },
  ]);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(CALM) },
  { weight: 3, arbitrary: fc.record({ failures: fc.array(failure, { minLength: 1, maxLength: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ failures: fc.constant([]), kill }) },
  { weight: 1, arbitrary: fc.record({ failures: fc.array(failure, { minLength: 1, maxLength: 2 }), kill }) },
  { weight: 1, arbitrary: fc.record({ failures: inTheDark }) },
);

const name = fc.constantFrom(...NAMES);

/** A command of the scenario. */
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

const described = (message: string, detail: unknown): string => `${message} ${JSON.stringify(detail)}`;

const declare = fc.tuple(name, change).map(([which, changed]) =>
  act(described(`declare ${which}`, changed), ({ mine }) => {
    if (mine.moved.has(which)) return;
    mine.program.set(which, { ...(mine.program.get(which) ?? PLAIN_RUN), ...changed });
  }),
);
const takeOut = name.map((which) => act(`take ${which} out`, ({ mine }) => mine.program.delete(which)));
const up = fc
  .tuple(trouble, fc.constantFrom(false, false, false, true))
  .map(([how, refresh]) =>
    act(described(refresh ? "up --refresh" : "up", how), (world) => world.command(world.mine, "up", how, refresh)),
  );
const forced: fc.Arbitrary<Forced> = fc.record({
  name,
  by: fc.constantFrom("--replace", "replacementTrigger" as const),
  deleteFirst: fc.boolean(),
});
const upForced = fc
  .tuple(trouble, forced)
  .map(([how, asked]) =>
    act(described("up", { ...asked, ...how }), (world) => world.command(world.mine, "up", { ...how, forced: asked })),
  );
const otherKinds = fc
  .tuple(fc.constantFrom("preview", "refresh", "destroy" as const), trouble)
  .map(([kind, how]) => act(described(kind, how), (world) => world.command(world.mine, kind, how)));
const another = fc.constantFrom("up", "refresh", "destroy" as const).map((kind) =>
  act(`${kind} of another stack`, async (world) => {
    for (const which of NAMES) world.other.program.set(which, PLAIN_RUN);
    await world.command(world.other, kind);
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
  act(`lists lag ${seconds} s`, ({ service, mine, truth }) => {
    service.behaviour.lag = seconds;
    // A run that `state delete` took out of the state, and that no list shows any more, is beyond the next start, as in `surgery`.
    for (const id of mine.cut) {
      const run = truth.find(id);
      if (run !== undefined && !truth.trueRun(run).visible) mine.released.add(id);
    }
  }),
);
/** Something happens to the run that is recorded of a resource, or to the newest, which may not be. */
const event = fc
  .tuple(
    fc.constantFrom("completed", "failed", "aborted", "forgotten", "remembered" as const),
    fc.constantFrom(...NAMES, ...NAMES, "newest" as const),
  )
  .map(([what, which]) =>
    act(`the run of ${which} is ${what}`, ({ service, mine }) => {
      const id = which === "newest" ? service.runs.at(-1)?.executionId : mine.state.entries.get(which)?.id;
      const run = service.runs.find(({ executionId }) => executionId === id);
      if (run === undefined) return;
      if (what === "forgotten") service.behaviour.forgotten.add(run.executionId);
      else if (what === "remembered") service.behaviour.forgotten.delete(run.executionId);
      else service.end(run, what, what === "failed" ? 3 : undefined);
    }),
  );

/** An end that one record shows, and later ones do not. */
const takenBack = fc.tuple(name, fc.constantFrom("failed", "completed", "aborted" as const)).map(([which, status]) =>
  act(`the run of ${which} is shown as ${status} once`, ({ service, mine }) => {
    const id = mine.state.entries.get(which)?.id;
    if (id !== undefined) service.behaviour.takenBack.set(id, { status, answers: 1 });
  }),
);

/** What lists make of a file name. */
const ALTERED = {
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

/** `pulumi state delete` and `pulumi state move`, with the program's own lines moved as well. */
const surgery = fc.tuple(name, fc.constantFrom("delete", "move" as const)).map(([which, how]) =>
  act(`pulumi state ${how} ${which}`, ({ mine, other, truth }) => {
    const entry = mine.state.entries.get(which);
    if (entry === undefined || mine.state.twins.some((twin) => twin.name === which)) return;
    if (how === "move" && other.state.entries.has(which)) return;
    mine.state.entries.delete(which);
    const run = truth.find(entry.id);
    // No row has it any more, and no list shows it yet: the next start cannot know of it.
    if (run !== undefined && !truth.trueRun(run).visible) mine.released.add(entry.id);
    mine.cut.add(entry.id);
    if (how === "delete") return;
    other.state.entries.set(which, entry);
    other.program.set(which, mine.program.get(which) ?? PLAIN_RUN);
    truth.noteMove(entry.id, other);
    mine.program.delete(which);
    mine.moved.add(which);
  }),
);

const weighted = (
  [
    [4, declare],
    [1, takeOut],
    [6, up],
    [1, upForced],
    [2, otherKinds],
    [1, another],
    [2, pass],
    [2, weather],
    [4, event],
    [1, takenBack],
    [1, alter],
    [1, surgery],
    [1, lag],
  ] as const
).map(([weight, arbitrary]) => ({ weight, arbitrary }));

/** Scenarios of at most so many commands. */
export const scenarios = fc.commands([fc.oneof(...weighted)], { maxCommands: 40, size: "max" });

/**
 * What a person does at last: the failures are gone, time has passed, and everything is asked for anew. Every resource
 * has one run then, a further `up` changes nothing, and after `destroy` nothing is left.
 */
export async function recover(world: ModelWorld): Promise<void> {
  const { clock, mine, other, service } = world;
  service.behaviour.lag = 0;
  service.behaviour.fileNames = ALTERED["as sent"];
  service.behaviour.takenBack.clear();
  service.behaviour.script = SCRIPTS.long;
  await clock.sleep(60);
  for (const which of NAMES) if (!mine.moved.has(which)) mine.program.set(which, { ...PLAIN_RUN, triggers: 99 });
  let result = await world.command(mine, "up");
  if (result.kind !== "ok") {
    // A run that the service does not know any more stays recorded until somebody takes it out.
    for (const [which, entry] of mine.state.entries) {
      if (!service.behaviour.forgotten.has(entry.id)) continue;
      world.scenario.push(`pulumi state delete ${which}`);
      mine.state.entries.delete(which);
    }
    mine.state.twins.splice(0);
    result = await world.command(mine, "up");
  }
  if (result.kind !== "ok") throw new Error(`no recovery: ${result.errors.join(" | ")}\n${world.scenario.join("\n")}`);
  const starts = service.runs.length;
  await world.command(mine, "up");
  if (service.runs.length > starts)
    throw new Error(`an up that changes nothing started a run\n${world.scenario.join("\n")}`);
  for (const stack of [mine, other]) {
    for (const entry of stack.state.entries.values()) service.behaviour.forgotten.delete(entry.id);
    const end = await world.command(stack, "destroy");
    if (end.kind !== "ok") throw new Error(`no destroy: ${end.errors.join(" | ")}\n${world.scenario.join("\n")}`);
  }
}
