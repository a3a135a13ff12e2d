import { untilAskedAgain } from "../../harness/emulator/ending";
import { startsIn } from "../../harness/golden/counts";
import { beginUp, type Declared, declare, endAll, MANY, untilAll } from "../../harness/many";
import { testScenario } from "../../harness/register";
import { waitUntil } from "../../harness/wait";

const job: Declared = { script: { start: 0, run: 600 }, waitFor: "completed" };

testScenario(
  "the first ^C ends a wait at once, saves the id, and the next up continues with the same run",
  { folder: __dirname, hosts: ["plugin"], ...MANY },
  async (scenario) => {
    declare(scenario, { job });
    const up = beginUp(scenario, "^C once, while the run is waited for", { fails: true });
    await untilAll(scenario, ["job"], "running");
    await untilAskedAgain(scenario);
    up.interrupt();
    const { output } = await up.ended();
    expect(output).toContain("LYC3021");
    const [run] = await scenario.runs();
    expect(run?.status).toBe("running");
    expect(await scenario.resource("job")).toMatchObject({ id: run?.executionId });

    const next = beginUp(scenario, "the next up waits for the same run");
    await untilAskedAgain(scenario);
    await endAll(scenario, ["job"], "completed");
    expect(startsIn((await next.ended()).requests)).toBe(0);
    await scenario.up("its end was saved", {}, "--expect-no-changes");
    expect(await scenario.runs()).toHaveLength(1);
    await scenario.destroy("destroy");
  },
);

testScenario(
  "onInterrupt: abort sends the abort at the first ^C, and the next up starts a new run",
  { folder: __dirname, variant: "abort", hosts: ["plugin"], ...MANY },
  async (scenario) => {
    declare(scenario, { job: { ...job, onInterrupt: "abort" } });
    const up = beginUp(scenario, "^C once, while the run is waited for", { fails: true });
    await untilAll(scenario, ["job"], "running");
    await untilAskedAgain(scenario);
    up.interrupt();
    const { output } = await up.ended();
    expect(output).toContain("Its abort was sent");
    const [run] = await scenario.runs();
    expect(await scenario.resource("job")).toMatchObject({ id: run?.executionId });
    await untilAll(scenario, ["job"], "aborted");

    const next = beginUp(scenario, "the next up starts a new run: the last one was aborted");
    await untilAll(scenario, ["job"], "running");
    await untilAskedAgain(scenario);
    await endAll(scenario, ["job"], "completed");
    const after = await next.ended();
    expect(startsIn(after.requests)).toBe(1);
    expect(after.output).toContain("was aborted when its command was cancelled");
    expect(after.output).not.toContain("somebody else");
    await scenario.destroy("destroy");
  },
);

testScenario(
  "no process is left when the CLI is killed, and the next up finds the run",
  { folder: __dirname, variant: "killed", hosts: ["plugin"], ...MANY },
  async (scenario) => {
    declare(scenario, { job });
    const up = beginUp(scenario, "the CLI is killed, while the run is waited for");
    await untilAll(scenario, ["job"], "running");
    await untilAskedAgain(scenario);
    await up.kill();
    await up.ended();
    const plugins = () => scenario.processes().filter(({ command }) => command.includes("pulumi-resource-lyceum"));
    await waitUntil("the plugin to end", async () => plugins().length === 0);
    // Pulumi's language host continues to run.
    await scenario.killAll();
    await scenario.leaveRequestsOut();
    await scenario.step("the lock of the killed command is lifted", ["cancel", "--yes"]);
    const next = beginUp(scenario, "the next up finds the run by its key");
    await untilAskedAgain(scenario);
    await endAll(scenario, ["job"], "completed");
    expect(startsIn((await next.ended()).requests)).toBe(0);
    expect(await scenario.runs()).toHaveLength(1);
    await scenario.destroy("destroy");
  },
);
