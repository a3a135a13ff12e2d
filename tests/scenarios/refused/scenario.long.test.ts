import { startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

/** Every call of the provider, except the start. */
const NEXT_TO_THE_START = [
  "listWorkloads",
  "getBillingHistory",
  "getExecution",
  "getStreamingStatus",
  "abortWorkload",
  "deleteExecutionRecord",
  "getExecutionLogs",
];

async function refuse(scenario: Scenario, operations: readonly string[], status = 403): Promise<void> {
  for (const operation of operations) {
    await scenario.control.fault({ operation, times: "always", fault: { kind: "status", status } });
  }
}

/** Counts each warning once. The engine prints a warning twice: at once on the row, and again under Diagnostics. */
const warnings = (outputOf: string): number => new Set(outputOf.match(/LYC3015:.*/g)).size;

testScenario(
  "if every call except the start is refused, each command succeeds with one warning",
  { folder: __dirname, variant: "everything", hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write(
      "settings.json",
      JSON.stringify({ waitFor: "accepted", gracefulTimeout: 1, clocks: { delete: 3 } }),
    );
    await refuse(scenario, NEXT_TO_THE_START);
    const commands = [
      await scenario.up("the first up starts without a lookup"),
      await scenario.up("nothing has changed", {}, "--expect-no-changes"),
      await scenario.refresh("a refresh cannot see the run, and keeps what is recorded"),
      await scenario.destroy("destroy waits for its clock, and is done"),
    ];
    expect(commands.map(({ output: outputOf }) => warnings(outputOf))).toEqual([1, 1, 1, 1]);
    await scenario.control.clearFaults();
  },
);

testScenario(
  "a replacement whose start is refused does not abort the running run",
  { folder: __dirname, variant: "replacement", hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ whenUnverified: "fail" }));
    await scenario.up("a run that runs");
    await refuse(scenario, ["getBillingHistory"], 404);
    scenario.edit("compose.yaml", (text) => text.replace("sleep 600", "sleep 500"));
    const stopped = await scenario.up("the lookup is incomplete, so nothing is aborted", { fails: true });
    expect(stopped.output).toContain("LYC3016");
    expect(stopped.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    scenario.work.write("settings.json", JSON.stringify({ whenUnverified: "start" }));
    const replaced = await scenario.up("the program accepts that it is, and the run is replaced");
    expect(startsIn(replaced.requests)).toBe(1);
    await scenario.destroy();
  },
);

testScenario(
  "nor is a run that depends on it aborted, although the engine deletes that run before the program has declared it",
  { folder: __dirname, variant: "dependent", hosts: ONE_HOST, namedByLabel: true },
  async (scenario) => {
    await scenario.up("two runs that run");
    await refuse(scenario, ["getBillingHistory"], 404);
    scenario.edit("index.js", (text) => text.replace('"prepare", { ', '"prepare", { triggers: [2], '));
    const stopped = await scenario.up("the lookup is incomplete, so neither is aborted", { fails: true });
    expect(stopped.output).toContain("LYC3016");
    expect(stopped.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    await scenario.control.clearFaults();
    await scenario.destroy();
  },
);

testScenario(
  "an abort that is refused names a remedy, which then works",
  { folder: __dirname, variant: "abort", hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({}));
    await scenario.up("a run that runs");
    await refuse(scenario, ["abortWorkload"], 405);
    const stopped = await scenario.destroy("destroy cannot abort it", { fails: true });
    expect(stopped.output).toContain("LYC3018");
    scenario.work.write("settings.json", JSON.stringify({ onDelete: "leave" }));
    await scenario.up("the run is to be left alone");
    await scenario.destroy("destroy leaves it alone");
    await scenario.control.clearFaults();
  },
);
