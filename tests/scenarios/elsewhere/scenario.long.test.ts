import { startsIn } from "../../harness/golden/counts";
import { type Declared, declare, MANY } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";
import { urnOf } from "../../harness/urn";

const going: Declared = { script: { run: 600 } };
const ended: Declared = { script: { run: 0.3 }, waitFor: "completed" };
const executions = { ended, going };
const changed = { ended, going: { ...going, triggers: [1] } };

/** There is only one resource, because chance decides how many others the engine reaches before it stops. */
/** Both resources are deleted at the same time, so the order of their requests is not fixed. */
const AT_ONCE_REQUESTS = { requests: "at once" } as const;
const only = (name: string) => ["--target", urnOf(name)] as const;
const ONE = only("going");

testScenario(
  "with a wrong key, no run is started again, and no run is removed from the state",
  { folder: __dirname, variant: "wrong-key", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    const wrong = "lk_a-key-of-somebody-else";
    scenario.plant("wrong_key", wrong);
    const env = { LYCEUM_API_KEY: wrong };
    declare(scenario, executions);
    await scenario.up("two runs, one of which has ended", { requests: "at once" });
    await scenario.up("up with a wrong key changes nothing", { env }, "--expect-no-changes");
    const refresh = await scenario.refresh(
      "refresh cannot be done, and keeps what is recorded",
      { env, fails: true, requests: "at once" },
      ...ONE,
    );
    expect(refresh.output).toContain("LYC1101");
    declare(scenario, changed);
    const up = await scenario.up(
      "changes cannot be made: no start, and what goes on stays",
      { env, fails: true, requests: "at once" },
      ...ONE,
    );
    const destroy = await scenario.destroy(
      "a running run cannot be destroyed with this key either",
      { env, fails: true },
      ...ONE,
    );
    expect(startsIn([...up.requests, ...destroy.requests])).toBe(0);
    expect((await scenario.runs()).map(({ status }) => status).sort()).toEqual(["completed", "running"]);
    await scenario.destroy("with the right key, the run is destroyed", AT_ONCE_REQUESTS);
  },
);

testScenario(
  "a run is read, changed and aborted only at the address where it was started",
  { folder: __dirname, variant: "wrong-target", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    // No server listens at that address. A request would fail with another error.
    const env = { LYCEUM_BASE_URL: "http://127.0.0.1:9" };
    declare(scenario, executions);
    await scenario.up("two runs, one of which has ended", { requests: "at once" });
    await scenario.up("up elsewhere changes nothing", { env }, "--expect-no-changes");
    const refresh = await scenario.refresh("refresh elsewhere is refused", { env, fails: true }, ...ONE);
    declare(scenario, changed);
    const up = await scenario.up("a change elsewhere is refused", { env, fails: true }, ...ONE);
    const destroy = await scenario.destroy("destroy elsewhere is refused", { env, fails: true }, ...ONE);
    for (const step of [refresh, up, destroy]) {
      expect(step.output).toContain("LYC3006");
      expect(step.output).not.toContain("LYC12");
      expect(step.requests).toEqual([]);
    }
    const empty = { LYCEUM_BASE_URL: "" };
    // There is only one resource, because chance decides which of two is refused first.
    declare(scenario, { going });
    for (const step of [
      await scenario.preview("an empty base URL is an error at preview", { env: empty, fails: true }, ...ONE),
      await scenario.up("an empty base URL is an error at up", { env: empty, fails: true }, ...ONE),
      await scenario.destroy("an empty base URL is an error at destroy", { env: empty, fails: true }, ...ONE),
    ]) {
      expect(step.output).toContain("LYC1013: LYCEUM_BASE_URL is set, but empty.");
      expect(step.requests).toEqual([]);
    }
    const [run] = (await scenario.runs()).filter(({ status }) => status === "running");
    declare(scenario, { ended, going, "by-its-id": { existingExecutionId: run?.executionId } });
    const local = await scenario.up(
      "nor is an emulator's run looked for at a service",
      { env: { LYCEUM_BASE_URL: "https://service.invalid" }, fails: true },
      ...only("by-its-id"),
    );
    expect(local.output).toMatch(/LYC3006: Run \S+ belongs to an emulator/);
    await scenario.destroy("at its own address, the run is aborted", AT_ONCE_REQUESTS);
  },
);
