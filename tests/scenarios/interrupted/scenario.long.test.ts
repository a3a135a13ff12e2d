import { untilAskedAgain, untilLookupAnswered } from "../../harness/emulator/ending";
import { startsIn } from "../../harness/golden/counts";
import { beginUp, type Declared, declare, endAll, MANY, untilAll } from "../../harness/many";
import { testScenario } from "../../harness/register";
import { waitUntil } from "../../harness/wait";

const job: Declared = { script: { start: 0, run: 600 }, waitFor: "completed" };

testScenario(
  "the first ^C lets a wait run to its end; the second loses the id, and the next up finds the run",
  {
    folder: __dirname,
    variant: "signals",
    hosts: ["dynamic"] /* with the plugin it ends at once: tests/plugin */,
    ...MANY,
  },
  async (scenario) => {
    declare(scenario, { job });
    const once = beginUp(scenario, "^C once, while the run is waited for", { fails: true });
    await untilAll(scenario, ["job"], "running");
    await untilAskedAgain(scenario);
    once.interrupt();
    // The provider continues to poll, because it is not notified of the first ^C.
    await untilAskedAgain(scenario);
    await untilAskedAgain(scenario);
    await endAll(scenario, ["job"], "completed");
    await once.ended();
    expect(await scenario.resource("job")).toMatchObject({ outputs: { status: "completed", returnCode: 0 } });
    await scenario.up("its end was saved", {}, "--expect-no-changes");

    declare(scenario, { job: { ...job, triggers: [1] } });
    const twice = beginUp(scenario, "^C twice, while the next run is waited for");
    await untilAll(scenario, ["job"], "running");
    await untilAskedAgain(scenario);
    twice.interrupt();
    await untilAskedAgain(scenario);
    twice.interrupt();
    await twice.ended();

    const up = beginUp(scenario, "up finds the run by its key, and waits for its end");
    await untilLookupAnswered(scenario);
    await endAll(scenario, ["job"], "completed");
    expect(startsIn((await up.ended()).requests)).toBe(0);
    expect(await scenario.runs()).toHaveLength(2);
    // The run is recorded. The command that the row shows clears Pulumi's pending operation of the interrupted create.
    await scenario.refresh("a refresh clears the pending operation", {}, "--clear-pending-creates");
    expect((await scenario.state()).deployment.pending_operations ?? []).toEqual([]);
    await scenario.destroy("destroy");
  },
);

testScenario(
  "a start that is held while the command is killed, and committed after the next up has looked, is a second run",
  { folder: __dirname, variant: "held", ...MANY },
  async (scenario) => {
    declare(scenario, { job: { ...job, waitFor: "running" } });
    const hold = await scenario.control.fault({ operation: "startComposeExecution", fault: { kind: "hold" } });
    const held = beginUp(scenario, "up, and the CLI is killed while the service holds the start");
    await waitUntil("the start to be held", async () => (await scenario.control.faults())[0]?.holding === 1);
    await held.kill();
    await held.ended();
    await scenario.step("the lock of the killed command is lifted", ["cancel", "--yes"]);
    const next = await beginUp(scenario, "the next up finds no run, and starts one").ended();
    expect(startsIn(next.requests)).toBe(1);

    await scenario.control.release(hold);
    await waitUntil("the held start to be committed", async () => (await scenario.runs()).length === 2);
    await waitUntil("the orphaned provider to end", () =>
      scenario.processes().every(({ command }) => command.includes("pulumi-language")),
    );
    await scenario.killAll();
    scenario.print("\n(The service commits the start that it held: a known limit.)");
    // The provider of the killed command may have sent one more request before it ended.
    const destroyed = await scenario.destroy(
      "destroy reports the run that nobody has recorded, and does not abort it",
      {
        requests: "at once",
      },
    );
    const left = (await scenario.runs()).filter(({ status }) => status === "running");
    expect(left).toHaveLength(1);
    const line = `pulumi-lyceum abort ${left[0]?.executionId}`;
    expect(destroyed.output).toContain(line);
    await scenario.step("abort by hand", line.split(" ").slice(1), { program: "npx pulumi-lyceum" });
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  },
);
