import { beginUp, type Declared, declare, endAll, latest, MANY, starts, untilAll } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";

const endless = { script: { run: 600 }, failureOutput: false };
const completed: Declared = { ...endless, waitFor: "completed" };

/** One execution for each row of the table of policies, with the reason for a new run and the arguments. */
const executions: Readonly<Record<string, Declared>> = {
  "failed-by-default": completed,
  "failed-keep": { ...completed, whenFailed: "keep" },
  "failed-fail": { ...completed, whenFailed: "fail" },
  "failed-later-by-default": endless,
  "failed-later-rerun": { ...endless, whenFailed: "rerun" },
  "failed-later-fail": { ...endless, whenFailed: "fail" },
  "aborted-by-default": completed,
  "aborted-keep": { ...completed, whenAborted: "keep" },
  "aborted-fail": { ...completed, whenAborted: "fail" },
  "aborted-later-by-default": endless,
  "aborted-later-rerun": { ...endless, whenAborted: "rerun" },
  "credentials-fixed": { ...endless, registryCredentials: { type: "basic", username: "someone", password: "old" } },
  "image-changed": endless,
  "triggers-changed": { ...endless, triggers: [1] },
  "every-up": { script: { run: 0.5 }, waitFor: "completed", runOnEveryUp: true },
};

const changed: Readonly<Record<string, Declared>> = {
  ...executions,
  "credentials-fixed": { ...endless, registryCredentials: { type: "basic", username: "someone", password: "new" } },
  "image-changed": { ...endless, image: "busybox:1.37" },
  "triggers-changed": { ...endless, triggers: [2] },
};

const runAgain = [
  "failed-by-default",
  "failed-later-rerun",
  "aborted-by-default",
  "aborted-later-rerun",
  "credentials-fixed",
  "image-changed",
  "triggers-changed",
  "every-up",
];

const named = (prefix: string): string[] => Object.keys(executions).filter((name) => name.startsWith(prefix));
const later = (name: string): boolean => executions[name]?.waitFor !== "completed";

testScenario(
  "each policy starts a new run, keeps the old one or stops the up, and the preview says which",
  { folder: __dirname, variant: "axes", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    const endless = Object.keys(executions).filter((name) => name !== "every-up");
    declare(scenario, executions);
    const first = beginUp(scenario, "the first up: what is waited for ends badly", { fails: true });
    await untilAll(scenario, endless, "running");
    await endAll(
      scenario,
      named("failed").filter((name) => !later(name)),
      "failed",
    );
    await endAll(
      scenario,
      named("aborted").filter((name) => !later(name)),
      "aborted",
    );
    const failed = await first.ended();
    expect(failed.output).toContain("LYC3001");
    await endAll(scenario, [...named("failed").filter(later), "credentials-fixed"], "failed");
    await endAll(scenario, named("aborted").filter(later), "aborted");

    declare(scenario, changed);
    const preview = await scenario.step("the preview names the result of each change", ["preview"], {
      requests: "at once",
    });
    expect(preview.output).toMatch(/aborts run \S+ \(running at .* UTC\) and starts a new run: image changed in/);
    expect(preview.requests.map(({ operation }) => operation)).toEqual(["listWorkloads", "getBillingHistory"]);

    const second = beginUp(scenario, "up does what the preview said", { fails: true });
    await untilAll(scenario, ["failed-by-default", "aborted-by-default"], "running");
    await endAll(scenario, ["failed-by-default", "aborted-by-default"], "completed");
    const stopped = await second.ended();
    expect(stopped.output.match(/\* LYC3011/g)).toHaveLength(3);
    for (const [name, count] of Object.entries(await starts(scenario))) {
      expect([name, count]).toEqual([name, runAgain.includes(name) ? 2 : 1]);
    }
    await scenario.destroy("destroy aborts the runs that are still active", { requests: "at once" });
  },
);

testScenario(
  "a lost run stops the up, is kept, or is given up for a new run, as whenLost says",
  { folder: __dirname, variant: "lost", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    declare(scenario, {
      "lost-by-default": endless,
      "lost-keep": { ...endless, whenLost: "keep" },
      "lost-rerun": { ...endless, whenLost: "rerun" },
    });
    await beginUp(scenario, "three runs").ended();
    for (const name of ["lost-by-default", "lost-keep", "lost-rerun"]) {
      const { executionId } = await latest(scenario, name);
      await scenario.control.fault({ operation: "*", match: { executionId }, fault: { kind: "forget" } });
    }
    const unseen = await scenario.up(
      "a list that does not show them is no proof, but a warning; where a lost run is to run again, up asks for it and finds out",
      { requests: "at once" },
    );
    expect(await starts(scenario)).toEqual({ "lost-by-default": 1, "lost-keep": 1, "lost-rerun": 2 });
    expect(new Set(unseen.output.match(/LYC\d+: .*/g)).size).toBe(1);
    expect(unseen.output).toMatch(/lost-by-default .*LYC3003: .*the API key may belong to another organization/);
    await scenario.refresh("refresh finds out that they answer 404", { requests: "at once" });
    const up = await beginUp(scenario, "up stops and keeps", { fails: true }).ended();
    expect(up.output.match(/\* LYC3003/g)).toHaveLength(1);
    expect(await starts(scenario)).toEqual({ "lost-by-default": 1, "lost-keep": 1, "lost-rerun": 2 });
    await scenario.control.clearFaults();
    const destroyed = await scenario.destroy(
      "once the service knows the runs again, all are aborted, and the run that was given up is reported",
      {
        requests: "at once",
      },
    );
    const left = (await scenario.runs()).filter(({ status }) => status === "running");
    expect(left).toHaveLength(1);
    expect(destroyed.output).toContain(`pulumi-lyceum abort ${left[0]?.executionId}`);
    await scenario.control.end(String(left[0]?.executionId), { status: "aborted", returnCode: 143 });
  },
);
