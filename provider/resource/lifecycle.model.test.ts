import fc from "fast-check";
import { check, create, deleteResource, diff, read, update } from ".";
import { BUGS } from "./testing/model-bugs";
import { createModelWorld, type ModelWorld, type Planted } from "./testing/model-command";
import { PLAIN_RUN } from "./testing/model-desired";
import type { Host } from "./testing/model-engine";
import { START_FAILURES } from "./testing/model-failures";
import { recover, scenarios } from "./testing/model-scenario";

/** The lifecycle itself, without a host. Nothing is cancelled here: `provider/execution/cancel{,-create}.test.ts` have each wait. */
const { signal } = new AbortController();
const host: Host = {
  check,
  diff,
  create: (runtime, request) => create(runtime, { ...request, signal }),
  update: (runtime, request) => update(runtime, { ...request, signal }),
  read: (runtime, state) => read(runtime, { state, signal }),
  delete: (runtime, state) => deleteResource(runtime, { state, signal }),
};

/** As for the fuzz tests: another seed, and a multiple of the count. */
const SEED = Number(process.env.LYCEUM_FUZZ_SEED ?? 20_260_301);
const SCALE = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);
const SCENARIOS = Math.max(1, Math.round(250 * SCALE));

/** What must have come about in so many scenarios, or they say little. */
const MUST_HAVE_BEEN = [
  ...["new", "inputs changed", "failed", "aborted", "every up", "existingExecutionId was removed"].map(
    (reason) => `start: ${reason}`,
  ),
  ...START_FAILURES.map((failure) => `fault start ${failure}`),
  ...["both", "engine", "provider"].map((victim) => `killed ${victim}`),
  ...["up ok", "up failed", "up killed", "preview ok", "refresh ok", "destroy ok", "destroy failed"],
];

function property(planted: Planted, counted: (world: ModelWorld) => void = () => undefined) {
  return fc.asyncProperty(scenarios, async (commands) => {
    let world: ModelWorld | undefined;
    const setup = async () => {
      world = createModelWorld(host, planted);
      world.mine.program.set("train", PLAIN_RUN);
      // A run that nobody of ours has started, to be adopted by its id.
      await world.service.client.start({
        compose_file_code: "",
        timeout: 600,
        execution_type: "cpu",
        file_name: "by hand",
        enable_s3_mount: false,
        graceful_timeout: 10,
      });
      return { model: {}, real: world };
    };
    await fc.asyncModelRun(setup, commands);
    if (world === undefined) return;
    await recover(world);
    counted(world);
  });
}

test(
  "the lifecycle keeps its contract, whatever is declared, whatever happens, and whoever dies",
  async () => {
    const counts = new Map<string, number>();
    await fc.assert(
      property({}, (world) => {
        for (const [what, many] of world.counts) counts.set(what, (counts.get(what) ?? 0) + many);
      }),
      { seed: SEED, numRuns: SCENARIOS },
    );
    process.stderr.write(`model: seed ${SEED}: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`);
    if (SCALE >= 1) expect(MUST_HAVE_BEEN.filter((what) => !counts.has(what))).toEqual([]);
  },
  400_000 * Math.max(1, SCALE),
);

describe("the model finds", () => {
  const find = async (_name: string, planted: (typeof BUGS)[number][1], message: (typeof BUGS)[number][2]) => {
    const outcome = await fc.check(property(planted), { seed: SEED, numRuns: 3000, endOnFailure: true });
    expect(outcome.failed).toBe(true);
    expect(outcome.errorInstance).toMatchObject({ message: expect.stringMatching(message) });
  };
  // Bounded by its scenarios, not by time: on a busy machine it takes minutes.
  test.each(BUGS)("%s", find, 400_000);
});
