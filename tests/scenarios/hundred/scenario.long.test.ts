import { SHORTEST_TICK } from "../../../provider/lifecycle/watch/poll-tick";
import type { ReceivedRequest } from "../../harness/emulator/control";
import { AT_ONCE, beginUp, type Declared, declare, endAll, MANY, starts, untilAll } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";
import { waitUntil } from "../../harness/wait";

const names = Array.from({ length: 100 }, (_none, index) => `run-${String(index + 1).padStart(3, "0")}`);
const deletedAtOnce = 16;
const going: Declared = { script: { start: 0, run: 600 }, waitFor: "accepted" };

/** The number of requests of each operation. */
function countsOf(requests: readonly ReceivedRequest[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { operation } of requests) counts[operation ?? ""] = (counts[operation ?? ""] ?? 0) + 1;
  return counts;
}

/** When each request of an operation came, in seconds since the epoch. */
function timesOf(requests: readonly ReceivedRequest[], operation: string): readonly number[] {
  return requests.filter((request) => request.operation === operation).map(({ at }) => Date.parse(at) / 1000);
}

/**
 * The largest number of lists that waits may need: one for each short tick between the first start or abort and the
 * last list, and one that the deletion of the scope reads. The emulator's records contain these times, so a slow
 * machine makes no difference. The unit tests of the ticks show that they become longer.
 *
 * @param begins the operation after which each wait begins
 * @param batches how often all waits may have ended before others begin. A wait that begins then reads a list at once
 */
function mostLists(
  requests: readonly ReceivedRequest[],
  begins: "startComposeExecution" | "abortWorkload",
  batches = 1,
): number {
  const first = Math.min(...timesOf(requests, begins));
  const last = Math.max(...timesOf(requests, "listWorkloads"));
  return 1 + batches + Math.ceil((last - first) / SHORTEST_TICK);
}

/**
 * The largest number of snapshots that the lookups before the starts may need. They share a snapshot, and a new one is
 * made every 2 s. On a slow machine the first request may come late, so one more is allowed.
 */
function mostLookups(requests: readonly ReceivedRequest[]): number {
  const times = [...timesOf(requests, "getBillingHistory"), ...timesOf(requests, "startComposeExecution")];
  return 2 + Math.floor((Math.max(...times) - Math.min(...times)) / 2);
}

testScenario(
  "an up without changes needs one request for a hundred active runs, and one for a hundred ended runs",
  { folder: __dirname, ...MANY, seconds: 480 },
  async (scenario) => {
    const counted = { totalsOnly: true, requests: "counted" } as const;
    const writes = { totalsOnly: true, requests: "writes counted" } as const;
    declare(scenario, Object.fromEntries(names.map((name) => [name, going])));
    const up = await scenario.up("a hundred runs", writes, "--parallel", "100");
    const { getBillingHistory = 0, listWorkloads = 0, ...others } = countsOf(up.requests);
    expect(others).toEqual({ startComposeExecution: names.length });
    expect(getBillingHistory).toBeLessThanOrEqual(mostLookups(up.requests));
    expect(listWorkloads).toBeLessThanOrEqual(mostLookups(up.requests));
    const one = await scenario.up("up without changes, while they go on", counted, "--expect-no-changes");
    expect(countsOf(one.requests)).toEqual({ listWorkloads: 1 });
    const active = await scenario.refresh("refresh, while they go on", counted);
    expect(countsOf(active.requests)).toEqual({ listWorkloads: 1 });

    await endAll(scenario, names, "completed");
    const ended = await scenario.refresh("refresh learns that they have ended", writes);
    // One request for the list, and one for each run that it no longer shows.
    expect(ended.requests.length).toBeLessThanOrEqual(names.length + 10);
    const idle = await scenario.refresh("refresh, when all have ended", counted);
    expect(idle.requests).toEqual([]);
    const none = await scenario.up("up without changes, when they have ended", counted, "--expect-no-changes");
    // A checkpoint was restored, so a later run of one of them may be active and unknown.
    expect(countsOf(none.requests)).toEqual({ listWorkloads: 1 });
    const destroyed = await scenario.destroy("destroy has nothing to abort", writes);
    // The plugin looks for runs that no state contains, once for all deletions at the same time.
    expect(Object.keys(countsOf(destroyed.requests))).toEqual(["listWorkloads"]);
    expect(destroyed.requests.length).toBeLessThan(50);
  },
);

testScenario(
  "a destroy of a hundred active runs needs at most two requests for each run",
  { folder: __dirname, variant: "deleted", hosts: ONE_HOST, ...MANY, seconds: 480 },
  async (scenario) => {
    const writes = { totalsOnly: true, requests: "writes counted" } as const;
    declare(scenario, Object.fromEntries(names.map((name) => [name, going])));
    await scenario.up("a hundred runs", writes, "--parallel", "100");
    // Whether the history or a read shows an end depends on how many runs end between two lists.
    const { requests } = await scenario.destroy(
      "destroy aborts all",
      { ...writes, writesOnly: true },
      "--parallel",
      String(deletedAtOnce),
    );
    const { listWorkloads = 0, getExecution = 0, getBillingHistory = 0, ...others } = countsOf(requests);
    expect(others).toEqual({ abortWorkload: names.length });
    const batches = Math.ceil(names.length / deletedAtOnce);
    expect(listWorkloads).toBeLessThanOrEqual(mostLists(requests, "abortWorkload", batches));
    expect(getExecution + getBillingHistory).toBeLessThanOrEqual(names.length);
    expect(requests.length).toBeLessThanOrEqual(2 * names.length);
  },
);

testScenario(
  "waits need one list for each tick, one read for each end, and only the logs that may have results",
  { folder: __dirname, variant: "waited", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    const twenty = names.slice(0, 20);
    const different = 10;
    /** Half of the runs have the same document. */
    const declareAll = (triggers: readonly string[]) => {
      const run = (at: number) => 600 + Math.max(0, at - different + 1);
      const job = (at: number): Declared => ({
        script: { start: 0, run: run(at), output: ["working"] },
        waitFor: "completed",
        triggers,
      });
      declare(scenario, Object.fromEntries(twenty.map((name, at) => [name, job(at)])));
    };
    const counted = { totalsOnly: true, requests: "writes counted" } as const;
    const lists = async () => timesOf(await scenario.control.requests(), "listWorkloads").length;

    /** Runs an `up` that starts all runs. They end after some further lists. */
    async function waited(title: string, furtherLists: number, runsBefore: number) {
      const up = beginUp(scenario, title, counted);
      await waitUntil("all runs", async () => (await scenario.runs()).length === runsBefore + twenty.length);
      await untilAll(scenario, twenty, "running");
      const before = await lists();
      await waitUntil(`${furtherLists} lists`, async () => (await lists()) >= before + furtherLists);
      await endAll(scenario, twenty, "completed");
      const { requests } = await up.ended();
      const { listWorkloads = 0, getBillingHistory = 0, ...others } = countsOf(requests);
      const lookups = mostLookups(requests);
      expect(getBillingHistory).toBeLessThanOrEqual(lookups);
      expect(listWorkloads).toBeLessThanOrEqual(lookups + mostLists(requests, "startComposeExecution"));
      return others;
    }

    declareAll(["first"]);
    expect(await waited("twenty runs, whose records have the output", 20, 0)).toEqual({
      startComposeExecution: twenty.length,
      getExecution: twenty.length,
    });
    declareAll(["second"]);
    const drop = ["stdout", "stderr", "combined_output"];
    await scenario.control.fault({ operation: "getExecution", times: "always", fault: { kind: "reshape", drop } });
    expect(await waited("twenty more, whose records have none", 3, twenty.length)).toEqual({
      startComposeExecution: twenty.length,
      getExecution: twenty.length,
      // One for each document.
      getExecutionLogs: 1 + different,
    });
    await scenario.control.clearFaults();
    expect(await starts(scenario)).toEqual(Object.fromEntries(twenty.map((name) => [name, 2])));
    await scenario.destroy("destroy has nothing to abort", counted, ...AT_ONCE);
  },
);
