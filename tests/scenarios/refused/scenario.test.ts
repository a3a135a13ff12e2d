import { startsIn } from "../../harness/counts";
import { tell } from "../../harness/register";
import type { Story } from "../../harness/scenario";

/** Every call that the provider makes next to the start. */
const NEXT_TO_THE_START = [
  "listWorkloads",
  "getBillingHistory",
  "getExecution",
  "getStreamingStatus",
  "abortWorkload",
  "deleteExecutionRecord",
  "getExecutionLogs",
];

async function refuse(story: Story, operations: readonly string[], status = 403): Promise<void> {
  for (const operation of operations) {
    await story.control.fault({ operation, times: "always", fault: { kind: "status", status } });
  }
}

/** The engine prints a warning as it comes, on the row, and under Diagnostics: it is one all the same. */
const warnings = (said: string): number => new Set(said.match(/LYC3015:.*/g)).size;

tell(
  "where every call but the start is refused, each command ends well with one warning",
  { folder: __dirname, variant: "everything", engines: ["simulated"] },
  async (story) => {
    story.work.write(
      "settings.json",
      JSON.stringify({ waitFor: "accepted", gracefulTimeout: 1, clocks: { delete: 3 } }),
    );
    await refuse(story, NEXT_TO_THE_START);
    const commands = [
      await story.up("the first up starts without a lookup"),
      await story.up("nothing has changed", {}, "--expect-no-changes"),
      await story.refresh("a refresh cannot see the run, and keeps what is recorded"),
      await story.destroy("destroy waits for its clock, and is done"),
    ];
    expect(commands.map(({ said }) => warnings(said))).toEqual([1, 1, 1, 1]);
    await story.control.clearFaults();
  },
);

tell(
  "a replacement that may not start leaves the running run alone",
  { folder: __dirname, variant: "replacement", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ whenUnverified: "fail" }));
    await story.up("a run that runs");
    await refuse(story, ["getBillingHistory"], 404);
    story.edit("compose.yaml", (text) => text.replace("sleep 600", "sleep 500"));
    const stopped = await story.up("the lookup is incomplete, so nothing is aborted", { fails: true });
    expect(stopped.said).toContain("LYC3016");
    expect(stopped.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    story.work.write("settings.json", JSON.stringify({ whenUnverified: "start" }));
    const replaced = await story.up("the program accepts that it is, and the run is replaced");
    expect(startsIn(replaced.requests)).toBe(1);
    await story.destroy();
  },
);

tell(
  "neither is a run that depends on it aborted: the engine deletes it before the program has declared it",
  { folder: __dirname, variant: "dependent", engines: ["simulated"], namedByLabel: true },
  async (story) => {
    await story.up("two runs that run");
    await refuse(story, ["getBillingHistory"], 404);
    story.edit("index.js", (text) => text.replace('"prepare", { ', '"prepare", { triggers: [2], '));
    const stopped = await story.up("the lookup is incomplete, so neither is aborted", { fails: true });
    expect(stopped.said).toContain("LYC3016");
    expect(stopped.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    await story.control.clearFaults();
    await story.destroy();
  },
);

tell(
  "an abort that is refused names the way out, which then works",
  { folder: __dirname, variant: "abort", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({}));
    await story.up("a run that runs");
    await refuse(story, ["abortWorkload"], 405);
    const stopped = await story.destroy("destroy cannot abort it", { fails: true });
    expect(stopped.said).toContain("LYC3018");
    story.work.write("settings.json", JSON.stringify({ onDelete: "leave" }));
    await story.up("the run is to be left alone");
    await story.destroy("destroy leaves it alone");
    await story.control.clearFaults();
  },
);
