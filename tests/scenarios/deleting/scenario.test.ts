import { abortsIn } from "../../harness/golden/counts";
import { AT_ONCE, beginUp, type Declared, declare, endAll, latest, MANY } from "../../harness/many";
import { testScenario } from "../../harness/register";

const endless: Declared = { script: { start: 0, run: 600 } };

/** One execution for each case of a delete. */
const executions: Readonly<Record<string, Declared>> = {
  "recorded-as-ended": { script: { run: 0.3 }, waitFor: "completed" },
  "gives-way": endless,
  "ignores-the-signal": { script: { start: 0, run: 600, ignoreSignal: true }, gracefulTimeout: 1 },
  left: { ...endless, onDelete: "leave" },
  "record-deleted": { ...endless, deleteRecord: true },
  "ended-meanwhile": endless,
  "abort-unknown-once": endless,
  "abort-fails-once": endless,
  "abort-unknown-and-read-too": endless,
};

testScenario(
  "a delete succeeds when the end of the run is proven, and reports how the run ended",
  { folder: __dirname, ...MANY },
  async (scenario) => {
    declare(scenario, executions);
    await beginUp(scenario, "one of each").ended();
    await endAll(scenario, ["ended-meanwhile"], "completed");
    const faultOf = async (name: string, operation: string, fault: { kind: string; status?: number }) =>
      scenario.control.fault({ operation, match: { executionId: (await latest(scenario, name)).executionId }, fault });
    await faultOf("abort-unknown-once", "abortWorkload", { kind: "status", status: 404 });
    await faultOf("abort-fails-once", "abortWorkload", { kind: "status", status: 503 });
    await faultOf("abort-unknown-and-read-too", "*", { kind: "forget" });

    const destroy = await scenario.destroy(
      "destroy: one cannot be proven to have ended, and stays",
      { fails: true, requests: "at once" },
      ...AT_ONCE,
    );
    expect(destroy.output).toContain("LYC3005: Lyceum does not know run");
    expect(abortsIn(destroy.requests)).toBe(9);
    const statuses = Object.fromEntries(
      await Promise.all(Object.keys(executions).map(async (name) => [name, (await latest(scenario, name)).status])),
    );
    expect(statuses).toMatchObject({
      left: "running",
      "abort-unknown-and-read-too": "running",
      "gives-way": "aborted",
    });

    await scenario.control.clearFaults();
    await scenario.destroy("the service knows it again: it is aborted, and its end is seen", { requests: "at once" });
    await endAll(scenario, ["left"], "completed");
  },
);
