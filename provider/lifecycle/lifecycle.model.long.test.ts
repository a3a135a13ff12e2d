import fc from "fast-check";
import { BUGS } from "./testing/model/bugs";
import { ABORT_FAILURES, START_FAILURES } from "./testing/model/failures";
import { MODEL_SEED, modelProperty } from "./testing/model/property";

const SCALE = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);
const SCENARIOS = Math.max(1, Math.round(250 * SCALE));

/** Events that must occur in the scenarios. Without them, the test would prove little. */
const MUST_HAVE_BEEN = [
  ...[
    ...["new", "inputs changed", "failed", "aborted", "every up", "existingExecutionId was removed"],
    ...["forced by --replace", "forced by replacementTrigger"],
  ].map((reason) => `start: ${reason}`),
  ...START_FAILURES.map((failure) => `fault start ${failure}`),
  ...["state delete", "state move", "state rename", "copied backend", "restored checkpoint", "retained row"],
  ...["up --target ok", "destroy --target ok"],
  ...["both", "engine", "provider"].map((victim) => `killed ${victim}`),
  ...["up ok", "up failed", "up killed", "preview ok", "refresh ok", "destroy ok", "destroy failed"],
];

test(
  "the lifecycle keeps its contract for all programs, failures and deaths of processes",
  async () => {
    const counts = new Map<string, number>();
    await fc.assert(
      modelProperty({}, (world) => {
        for (const [what, many] of world.counts) counts.set(what, (counts.get(what) ?? 0) + many);
      }),
      { seed: MODEL_SEED, numRuns: SCENARIOS },
    );
    process.stderr.write(`model: seed ${MODEL_SEED}: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`);
    if (SCALE < 1) return;
    expect(MUST_HAVE_BEEN.filter((what) => !counts.has(what))).toEqual([]);
    // Each combination of an answer and an effect is rare. So each answer and each effect must occur, but not each
    // combination.
    const aborts = [...counts.keys()].filter((what) => what.startsWith("fault abort "));
    const without = (parts: readonly string[]) => parts.filter((part) => !aborts.some((what) => what.includes(part)));
    expect(without([...ABORT_FAILURES.map((answer) => ` ${answer},`), ", carried out", ", not carried out"])).toEqual(
      [],
    );
  },
  400_000 * Math.max(1, SCALE),
);

test(
  "the lifecycle keeps its contract where many starts get no clear answer",
  async () => {
    await fc.assert(modelProperty({}, undefined, "dark"), { seed: MODEL_SEED, numRuns: SCENARIOS });
  },
  400_000 * Math.max(1, SCALE),
);

describe("the model finds", () => {
  const find = async ([, planted, message, kind]: (typeof BUGS)[number]) => {
    const outcome = await fc.check(modelProperty(planted, undefined, kind), {
      seed: MODEL_SEED,
      endOnFailure: true,
      numRuns: 3000,
    });
    expect(outcome.failed).toBe(true);
    expect(outcome.errorInstance).toMatchObject({ message: expect.stringMatching(message) });
  };
  // The test ends after a number of scenarios, not after a time. On a busy machine, it takes minutes.
  test.each(BUGS.map((bug) => [bug[0], bug] as const))('the bug "%s"', (_name, bug) => find(bug), 900_000);
});
