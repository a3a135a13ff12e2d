import { beginUp, type Declared, declare, latest, MANY, starts } from "../../harness/many";
import { testScenario } from "../../harness/register";

const endless: Declared = { script: { start: 0, run: 600 } };
const brief: Declared = { script: { start: 0, run: 0.3 }, waitFor: "completed" };

const before: Readonly<Record<string, Declared>> = {
  machine: endless,
  mount: endless,
  "triggered-by-machine": { ...endless, triggeredBy: "machine" },
  settings: endless,
  "settings-of-an-ended-run": brief,
  "on-delete": endless,
  "delete-record": endless,
};

const settings: Declared = { timeout: 500, gracefulTimeout: 5, clocks: { queue: 60 } };

/** The same resources after one change of each. */
const after: Readonly<Record<string, Declared>> = {
  machine: { ...endless, executionType: "gpu.l40s" },
  mount: { ...endless, enableS3Mount: true },
  "triggered-by-machine": { ...endless, triggeredBy: "machine" },
  settings: { ...endless, ...settings },
  "settings-of-an-ended-run": { ...brief, ...settings },
  "on-delete": { ...endless, onDelete: "leave" },
  "delete-record": { ...endless, deleteRecord: true },
};

testScenario(
  "a preview reports the result of each changed argument",
  { folder: __dirname, ...MANY },
  async (scenario) => {
    declare(scenario, before);
    await beginUp(scenario, "a run each").ended();
    const [first, second] = [await latest(scenario, "settings"), await latest(scenario, "on-delete")];
    const byId = (run: { readonly executionId: string }): Declared => ({ existingExecutionId: run.executionId });
    declare(scenario, { ...before, "id-changed": byId(first), "id-taken-out": byId(first) });
    await beginUp(scenario, "two more, by the id of a run that there is").ended();

    declare(scenario, { ...after, "id-changed": byId(second), "id-taken-out": endless });
    await scenario.step("the preview names the result of each change", ["preview"], { requests: "at once" });
    const up = await beginUp(scenario, "up does what the preview said").ended();
    expect(up.output).toContain("executionType changed from cpu to gpu.l40s");
    expect(await starts(scenario)).toEqual({
      machine: 2,
      mount: 2,
      "triggered-by-machine": 2,
      settings: 1,
      "settings-of-an-ended-run": 1,
      "on-delete": 1,
      "delete-record": 1,
      "id-taken-out": 1,
    });
    await scenario.destroy("destroy does not abort the run that is to be left running", { requests: "at once" });
    expect((await latest(scenario, "on-delete")).status).toBe("running");
    await scenario.control.end(second.executionId, { status: "completed", returnCode: 0 });
  },
);
