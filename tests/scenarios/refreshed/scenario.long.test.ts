import { declare, endAll, MANY } from "../../harness/many";
import { refreshWithProgram } from "../../harness/refreshes";
import { testScenario } from "../../harness/register";

const run = { script: { start: 0, run: 600 }, waitFor: "running" };

testScenario(
  "a refresh prints a line for each run whose status has changed, and reads only those runs",
  { folder: __dirname, ...MANY },
  async (scenario) => {
    declare(scenario, { failing: run, active: run, done: { script: { run: 0.1 }, waitFor: "completed" } });
    await scenario.up("three runs, one of which has ended", { requests: "at once" });
    const idle = await scenario.refresh("nothing has changed", { requests: "at once" });
    expect(idle.requests.map(({ operation }) => operation)).toEqual(["listWorkloads"]);
    expect(idle.output).not.toContain("→");
    await endAll(scenario, ["failing"], "failed");
    const changed = await scenario.refresh("one run has failed since", { requests: "at once" });
    expect(changed.requests).toHaveLength(2);
    expect(changed.output).toMatch(/failing .*Run \S+: running → failed with exit code 3/);
    expect((await scenario.resource("failing")).outputs).toMatchObject({ status: "failed", returnCode: 3 });
    await endAll(scenario, ["active"], "completed");
    const preview = await scenario.step("a preview of a refresh prints it, too", ["refresh", "--preview-only"]);
    expect(preview.output).toMatch(/active .*Run \S+: running → completed/);
    await scenario.refresh("an end is no change of the desired state", {}, "--expect-no-changes");
    await scenario.destroy("destroy", { requests: "at once" });
  },
);

/** The provider makes a model of a file, and a preview compares it. The program has no such model. */
const MODEL = "file [diff: -compose]";

testScenario(
  "a refresh that runs the program shows no change of an input that the program does not change",
  { folder: __dirname, variant: "program" },
  async (scenario) => {
    scenario.plant("password", "refresh-canary-7716");
    await scenario.pulumi.setSecret("password", "refresh-canary-7716");
    await scenario.up("runs with all kinds of arguments, and with none", { requests: "at once" });
    expect(await refreshWithProgram(scenario, "the program is the same")).toEqual([MODEL]);
    scenario.edit("index.js", (text) => text.replace('waitFor: "running"', "timeout: 300"));
    expect(await refreshWithProgram(scenario, "an argument was added, and another one removed")).toEqual([
      MODEL,
      "given [diff: +timeout-waitFor]",
    ]);
    await scenario.destroy("destroy", { requests: "at once" });
  },
);
