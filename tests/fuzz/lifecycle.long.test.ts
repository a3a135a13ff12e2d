import fc from "fast-check";
import { createExecution } from "../../provider/lifecycle/create/create";
import { createSharedSnapshot } from "../../provider/lifecycle/create/shared-snapshot";
import { InitFailure } from "../../provider/lifecycle/errors/errors";
import { createWorld, someInputs } from "../../provider/lifecycle/testing/world";
import { createPoller } from "../../provider/lifecycle/wait/poller";
import { alter, alteredPort } from "./altered-port";
import { amount, atMost, logFigures } from "./amount";

const scenario = fc.record({
  tape: fc.array(alter, { minLength: 1, maxLength: 12 }),
  waitFor: fc.constantFrom("accepted", "running", "completed"),
  script: fc.constantFrom<readonly (readonly [number, string])[]>(
    [
      [0, "pending"],
      [2, "running"],
      [10, "completed"],
    ],
    [
      [0, "running"],
      [1, "failed"],
    ],
    [[0, "pending"]],
    [
      [0, "odd word"],
      [30, "SUCCESS"],
    ],
    [[0, "aborted"]],
  ),
  lag: fc.constantFrom(0, 5, 20),
  hideFileNames: fc.boolean(),
  adopts: fc.constantFrom(...Array<undefined>(8).fill(undefined), "run-1"),
});

test(
  "a create ends in outputs, an InitFailure with an id that was given out, or an error when none was",
  async () => {
    const ends = new Map<string, number>();
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(scenario, async ({ tape, waitFor, script, lag, hideFileNames, adopts }) => {
        const world = createWorld();
        Object.assign(world.service.behaviour, {
          script: script.map(([after, status]) => ({ after, status })),
          lag,
          hideFileNames,
        });
        const { port, given, started, unclear } = alteredPort(world.service.client, tape);
        const context = {
          ...world.context,
          client: port,
          poller: createPoller(port, world.clock),
          sharedSnapshot: createSharedSnapshot(port, world.clock),
        };
        const inputs = someInputs({
          waitFor,
          clocks: { queue: 300, run: 100 },
          ...(adopts === undefined ? {} : { existingExecutionId: adopts }),
        });
        const begun = world.clock.now();
        let end: string;
        try {
          const outputs = await createExecution(context, inputs);
          end = "outputs";
          expect(adopts === undefined ? [...given] : [adopts]).toContain(outputs.executionId);
        } catch (error) {
          if (error instanceof InitFailure) {
            end = "InitFailure";
            expect(adopts === undefined ? [...given] : [adopts]).toContain(error.id);
            expect(error.reasons.join("")).not.toBe("");
          } else {
            end = "error";
            // Nobody knows of a run: no start was answered with an id.
            expect(started).not.toContain("started");
            expect((error as Error).message).toMatch(/\S/);
          }
        }
        ends.set(end, (ends.get(end) ?? 0) + 1);
        calls += world.service.calls.length;

        // At most one start is answered with an id, and it is the last; one without a clear answer is repeated three times.
        expect(started.slice(0, -1)).not.toContain("started");
        expect(unclear()).toBeLessThanOrEqual(4);
        expect(started.length).toBeLessThanOrEqual(4 + 300 / 30 + 1);
        if (adopts !== undefined) expect(started).toEqual([]);
        // The wait itself is bounded by its clocks, what is before it by the looking.
        expect((world.clock.now() - begun) / 1000).toBeLessThan(300 + 400 + 4 * 150);
      }),
      amount(1_000),
    );
    logFigures("creates over a port that bends", { calls, ends: Object.fromEntries(ends) });
    expect(ends.size).toBe(3);
  },
  atMost(200),
);
