// @ts-check
import { alternatingPairs, ratio, single } from "../figures.mjs";
import { makeStack } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const COUNT = 40;
const RUN_SECONDS = 5;
const PARALLEL = 64;

/**
 * What the slots of the engine do to runs that are waited for to their end: enough of them, over as many as there are by
 * default (four for each core).
 * @type {import("../main.mjs").Measurement}
 */
export const parallelSlots = {
  name: "parallel",
  measure: async (workspace, { pairs }) => {
    const settings = /** @type {const} */ ({
      count: COUNT,
      lines: 30,
      waitFor: "completed",
      runSeconds: RUN_SECONDS,
      spreadSeconds: 0,
    });
    const measured = await alternatingPairs(pairs, (side, pair) =>
      withEmulator(workspace, async (emulator) => {
        const name = `parallel-${side}-${pair}`;
        const stack = await makeStack(workspace, { name, program: "executions", settings, emulator });
        const { seconds } = await stack.up(side === "ours" ? ["--parallel", String(PARALLEL)] : []);
        workspace.log(`  ${name}: ${seconds.toFixed(2)} s`);
        return seconds;
      }),
    );
    const what = `up of ${COUNT} runs of ${RUN_SECONDS} s, waited for to the end`;
    return [
      ratio(
        `${what}: --parallel ${PARALLEL} / default`,
        measured.map(({ ours, baseline }) => /** @type {const} */ ([ours, baseline])),
        null,
      ),
      single(
        `${what}, --parallel ${PARALLEL}`,
        measured.map(({ ours }) => ours),
        "s",
      ),
    ];
  },
};
