import { abortsIn } from "../../harness/golden/counts";
import { type Declared, declare, endAll, MANY } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";

const names = Array.from({ length: 100 }, (_none, index) => `run-${String(index + 1).padStart(3, "0")}`);
const going: Declared = { script: { start: 0, run: 600 }, waitFor: "accepted" };

testScenario(
  "an up without changes asks once about a hundred runs that go on, and once about a hundred that have ended",
  { folder: __dirname, hosts: ONE_HOST, ...MANY, seconds: 480 },
  async (scenario) => {
    const counted = { totalsOnly: true, requests: "counted", deadlineSeconds: 180 } as const;
    const writes = { totalsOnly: true, requests: "writes counted", deadlineSeconds: 180 } as const;
    declare(scenario, Object.fromEntries(names.map((name) => [name, going])));
    await scenario.up("a hundred runs", writes, "--parallel", "100");
    const one = await scenario.up("up without changes, while they go on", counted, "--expect-no-changes");
    expect(one.requests.map(({ operation }) => operation)).toEqual(["listWorkloads"]);
    const active = await scenario.refresh("refresh, while they go on", counted);
    expect(active.requests.map(({ operation }) => operation)).toEqual(["listWorkloads"]);

    await endAll(scenario, names, "completed");
    const ended = await scenario.refresh("refresh learns that they have ended", writes);
    // One request for the list, and one for each run that the list no longer shows.
    expect(ended.requests.length).toBeLessThanOrEqual(names.length + 10);
    const idle = await scenario.refresh("refresh, when all have ended", counted);
    expect(idle.requests).toEqual([]);
    const none = await scenario.up("up without changes, when they have ended", counted, "--expect-no-changes");
    // If a checkpoint was restored, a later run of a resource may be active and unknown.
    expect(none.requests.map(({ operation }) => operation)).toEqual(["listWorkloads"]);
    const destroyed = await scenario.destroy("destroy has nothing to abort", writes);
    // The plugin looks for runs that no state contains. For all deletions at the same time, it does this once.
    expect(destroyed.requests.filter(({ operation }) => operation !== "listWorkloads")).toEqual([]);
    expect(destroyed.requests.length).toBeLessThan(50);
  },
);

testScenario(
  "a destroy of a hundred runs that go on costs at most two requests a run",
  { folder: __dirname, variant: "deleted", hosts: ONE_HOST, ...MANY, seconds: 480 },
  async (scenario) => {
    const writes = { totalsOnly: true, requests: "writes counted", deadlineSeconds: 180 } as const;
    declare(scenario, Object.fromEntries(names.map((name) => [name, going])));
    await scenario.up("a hundred runs", writes, "--parallel", "100");
    const { requests } = await scenario.destroy("destroy aborts all", writes, "--parallel", "16");
    expect(abortsIn(requests)).toBe(names.length);
    expect(requests.length).toBeLessThanOrEqual(2 * names.length);
  },
);
