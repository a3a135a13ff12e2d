import { setTimeout as sleep } from "node:timers/promises";
import { startRun } from "../../harness/emulator/emulator";
import { abortsIn, startsIn } from "../../harness/golden/counts";
import { beginUp, type Declared, declare, endAll, latest, MANY, starts, untilAll } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";

const endless: Declared = { script: { run: 600 }, waitFor: "completed", failureOutput: false };
const running: Declared = { script: { run: 600 } };

/** What the lookup finds for each resource. The command was killed before it had recorded any of them. */
const found: Readonly<Record<string, Declared>> = {
  active: running,
  "ended-ok": endless,
  "ended-too-long-ago": { ...endless, adoptEndedWithin: 1 },
  "failed-by-default": endless,
  "failed-keep": { ...endless, whenFailed: "keep" },
  "failed-fail": { ...endless, whenFailed: "fail" },
  aborted: { ...endless, whenAborted: "keep" },
  "two-active": running,
  "other-inputs": running,
};

testScenario(
  "a run that a killed command has started is adopted, started again, reported or left, by the table",
  { folder: __dirname, variant: "found", ...MANY },
  async (scenario) => {
    declare(
      scenario,
      Object.fromEntries(Object.entries(found).map(([name, args]) => [name, { ...args, waitFor: "completed" }])),
    );
    const killed = beginUp(scenario, "up, and the CLI is killed while all are running");
    await untilAll(scenario, Object.keys(found), "running");
    await killed.kill();
    await scenario.killAll();
    await killed.ended();
    await scenario.step("the lock of the killed command is lifted", ["cancel", "--yes"]);
    await endAll(scenario, ["ended-ok", "ended-too-long-ago"], "completed");
    await endAll(scenario, ["failed-by-default", "failed-keep", "failed-fail"], "failed");
    await endAll(scenario, ["aborted"], "aborted");
    // Sends a second request of a start that already has a run. A server may hold a start and carry it out late.
    const { composeFileCode, fileName } = await latest(scenario, "two-active");
    const held = fileName?.replace(/^(.{24}).{4}/, "$1held");
    await startRun(scenario.emulator, { compose_file_code: composeFileCode, file_name: held });
    await untilAll(scenario, ["two-active"], "running");
    await scenario.leaveRequestsOut();
    await sleep((Number(found["ended-too-long-ago"]?.adoptEndedWithin) + 0.1) * 1000);

    declare(scenario, { ...found, "other-inputs": { ...running, triggers: ["changed meanwhile"] } });
    const up = beginUp(scenario, "up decides of each by what it finds", { fails: true });
    const again = ["ended-too-long-ago", "failed-by-default", "aborted"];
    await untilAll(scenario, again, "running");
    await endAll(scenario, again, "completed");
    const result = await up.ended();
    expect(startsIn(result.requests)).toBe(4);
    expect(abortsIn(result.requests)).toBe(0);
    expect(await starts(scenario)).toEqual({
      active: 1,
      "ended-ok": 1,
      "ended-too-long-ago": 2,
      "failed-by-default": 2,
      "failed-keep": 1,
      "failed-fail": 1,
      aborted: 2,
      "two-active": 2,
      "other-inputs": 2,
    });
    expect(await scenario.resource("failed-by-default")).toMatchObject({ outputs: { attempt: 2 } });
    const active = async () => (await scenario.runs()).filter(({ status }) => status === "running");
    await scenario.destroy("destroy ends what is recorded", { requests: "at once" });
    const left = await active();
    expect(left.map(({ fileName }) => fileName?.replace(/^[a-z0-9]+-/, "")).sort()).toEqual([
      "other-inputs",
      "two-active",
    ]);
    for (const { executionId } of left) {
      // A person who reads the report can end these runs.
      expect(result.output).toContain(`npx pulumi-lyceum abort ${executionId}`);
      await scenario.step("abort by hand", ["abort", executionId], { program: "npx pulumi-lyceum" });
    }
    expect(await active()).toEqual([]);
  },
);

testScenario(
  "a start that a proxy repeats causes a second run, which the same command aborts, and which later commands name",
  { folder: __dirname, variant: "repeated", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    /** Sends the start of `job` again, like a proxy that got no answer. `script` is what the emulator then plays. */
    const repeat = async (script: Declared["script"]) => {
      const { composeFileCode, fileName } = await latest(scenario, "job");
      const text = JSON.stringify({ ...JSON.parse(composeFileCode), "x-lyceum-sim": script });
      return startRun(scenario.emulator, { compose_file_code: text, file_name: fileName });
    };
    const runs = async () => (await scenario.runs()).map(({ status }) => status);
    // The status before is left out, because timing decides how far the second run has come.
    const atOnce = { start: 0, run: 600 };
    declare(scenario, { job: { ...endless, script: atOnce } });
    const up = beginUp(scenario, "up, and its start is repeated while the run is waited for");
    await untilAll(scenario, ["job"], "running");
    const own = await latest(scenario, "job");
    // The message has the status of the second run. The status would depend on the moment if the run did not stay
    // pending.
    await repeat({ queue: 600 });
    await untilAll(scenario, ["job"], "aborted");
    await scenario.control.end(own.executionId, { status: "completed", returnCode: 0 });
    const result = await up.ended();
    expect(abortsIn(result.requests)).toBe(1);
    expect(result.output).toContain("has repeated a start");
    expect(await runs()).toEqual(["completed", "aborted"]);

    declare(scenario, { job: { ...running, script: atOnce, triggers: [1] } });
    await scenario.up("another run");
    const second = await repeat(atOnce);
    await untilAll(scenario, ["job"], "running");
    const next = await scenario.up("its start is repeated behind the command: the next up names the second run");
    expect(next.output).toContain(`npx pulumi-lyceum abort ${second}`);
    const destroyed = await scenario.destroy("a destroy also warns, and ends only its own run");
    expect(destroyed.output).toContain(`npx pulumi-lyceum abort ${second}`);
    expect(await runs()).toEqual(["completed", "aborted", "aborted", "running"]);
    await scenario.step("abort by hand", ["abort", second], { program: "npx pulumi-lyceum" });
  },
);

const short: Declared = { script: { run: 0.3 }, waitFor: "completed" };

testScenario(
  "a recorded run is not used again: A, B, A is three runs, and an up after a destroy starts new runs",
  { folder: __dirname, variant: "recorded", ...MANY },
  async (scenario) => {
    declare(scenario, { changing: { ...short, triggers: ["A"] }, "taken-out": short });
    await scenario.up("up with A", { requests: "at once" });
    declare(scenario, { changing: { ...short, triggers: ["B"] } });
    await scenario.up("up with B, and the other is taken out", { requests: "at once" });
    declare(scenario, { changing: { ...short, triggers: ["A"] }, "taken-out": short });
    const back = await scenario.up(
      "up with A again starts a new run; the other resource adopts its ended run, and warns",
      {
        requests: "at once",
      },
    );
    expect(await starts(scenario)).toEqual({ changing: 3, "taken-out": 1 });
    expect(back.output).toMatch(
      /Run \S+ was already started for this resource and ended completed \d+ s ago; it is adopted/,
    );
    await scenario.destroy("destroy");
    await scenario.up("up after destroy: new runs", { requests: "at once" });
    expect(await starts(scenario)).toEqual({ changing: 4, "taken-out": 2 });

    const ended = await latest(scenario, "changing");
    declare(scenario, { "by-its-id": { existingExecutionId: ended.executionId, waitFor: "completed" } });
    await scenario.up("a run is taken over by its id, though it has ended", { requests: "at once" });
    expect(startsIn(await scenario.control.requests())).toBe(6);
    await scenario.destroy("destroy does not abort the adopted run");
  },
);
