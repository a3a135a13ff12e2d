import { untilAskedAgain } from "../../harness/emulator/ending";
import { startsIn } from "../../harness/golden/counts";
import { AT_ONCE, beginUp, type Declared, declare, endAll, latest, MANY } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";

const endless: Declared = { script: { start: 0, run: 600 }, waitFor: "completed", gracefulTimeout: 300 };
const stubborn: Declared = { script: { start: 0, run: 600, ignoreSignal: true }, gracefulTimeout: 300 };

/** One resource for each time limit, with the argument that sets the limit. */
const waits: Readonly<Record<string, Declared>> = {
  queue: { ...endless, script: { queue: 600 }, clocks: { queue: 3 } },
  run: { ...endless, clocks: { run: 3 } },
  total: { ...endless, clocks: { total: 6 } },
  "custom-create": { ...endless, options: { customTimeouts: { create: "6s" } } },
  "total-shorter-than-custom": { ...endless, clocks: { total: 6 }, options: { customTimeouts: { create: "1h" } } },
  "custom-update": { ...endless, options: { customTimeouts: { create: "6s", update: "5s" } } },
};

const deletes: Readonly<Record<string, Declared>> = {
  delete: { ...stubborn, clocks: { delete: 4 } },
  "custom-delete": { ...stubborn, options: { customTimeouts: { delete: "5s" } } },
};

testScenario(
  "the clock that runs out is named, the run continues, and the next command starts its own clocks",
  { folder: __dirname, hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    declare(scenario, { ...waits, ...deletes });
    const late = await beginUp(scenario, "each wait ends by a clock of its own", { fails: true }).ended();
    expect(late.output.match(/\* LYC3002/g)).toHaveLength(Object.keys(waits).length);

    const resumed = beginUp(scenario, "the next up resumes all of them; one is bounded by its own customTimeouts", {
      fails: true,
    });
    await untilAskedAgain(scenario);
    await endAll(
      scenario,
      Object.keys(waits).filter((name) => name !== "custom-update"),
      "completed",
    );
    const second = await resumed.ended();
    expect(startsIn(second.requests)).toBe(0);
    expect(second.output.match(/\* LYC3002/g)).toHaveLength(1);
    expect(await scenario.runs()).toHaveLength(8);

    const stuck = await scenario.destroy(
      "two runs do not stop within the clock of their delete, and stay in the state",
      { fails: true, requests: "at once" },
      ...AT_ONCE,
    );
    expect(stuck.output).toContain("LYC3005");
    for (const name of Object.keys(deletes))
      expect((await scenario.resource(name)).id).toBe((await latest(scenario, name)).executionId);
    await endAll(scenario, Object.keys(deletes), "aborted");
    await scenario.destroy("once they have ended, destroy is done", { requests: "at once" });
  },
);
