import fc from "fast-check";
import { BUGS } from "./testing/model-bugs";
import { START_FAILURES } from "./testing/model-failures";
import { MODEL_SEED, modelProperty } from "./testing/model-property";

const SCALE = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);
const SCENARIOS = Math.max(1, Math.round(250 * SCALE));

/** What must have come about in so many scenarios, or they say little. */
const MUST_HAVE_BEEN = [
  ...[
    ...["new", "inputs changed", "failed", "aborted", "every up", "existingExecutionId was removed"],
    ...["forced by --replace", "forced by replacementTrigger"],
  ].map((reason) => `start: ${reason}`),
  ...START_FAILURES.map((failure) => `fault start ${failure}`),
  ...["both", "engine", "provider"].map((victim) => `killed ${victim}`),
  ...["up ok", "up failed", "up killed", "preview ok", "refresh ok", "destroy ok", "destroy failed"],
];

test(
  "the lifecycle keeps its contract, whatever is declared, whatever happens, and whoever dies",
  async () => {
    const counts = new Map<string, number>();
    await fc.assert(
      modelProperty({}, (world) => {
        for (const [what, many] of world.counts) counts.set(what, (counts.get(what) ?? 0) + many);
      }),
      { seed: MODEL_SEED, numRuns: SCENARIOS },
    );
    process.stderr.write(`model: seed ${MODEL_SEED}: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`);
    if (SCALE >= 1) expect(MUST_HAVE_BEEN.filter((what) => !counts.has(what))).toEqual([]);
  },
  400_000 * Math.max(1, SCALE),
);

describe("the model finds", () => {
  const find = async (_name: string, planted: (typeof BUGS)[number][1], message: (typeof BUGS)[number][2]) => {
    const outcome = await fc.check(modelProperty(planted), { seed: MODEL_SEED, numRuns: 3000, endOnFailure: true });
    expect(outcome.failed).toBe(true);
    expect(outcome.errorInstance).toMatchObject({ message: expect.stringMatching(message) });
  };
  // Bounded by its scenarios, not by time: on a busy machine it takes minutes.
  test.each(BUGS)("%s", find, 900_000);
});
