import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { READ_SECONDS } from "../../../provider/lyceum/operations";
import type { Fault } from "../../harness/emulator/control";
import { abortsIn, startsIn } from "../../harness/golden/counts";
import { AT_ONCE, type Declared, declare, latest, MANY } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";

const going: Declared = { script: { start: 0, run: 600 } };
const operation = "startComposeExecution";

/** The server that the redirects name. It counts its requests. */
async function serverElsewhere() {
  let received = 0;
  const server = createServer((_request, response) => {
    received += 1;
    response.end("{}");
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received: () => received, close: () => server.close() };
}

testScenario(
  "a redirect is not followed: nothing starts behind it, nothing is aborted, and the API key goes nowhere else",
  { folder: __dirname, hosts: ONE_HOST, waits: true, ...MANY },
  async (scenario) => {
    const elsewhere = await serverElsewhere();
    const secret = "redirect-canary-5120";
    scenario.plant("query", secret);
    const redirect = (status: number, commit = "never"): Fault["fault"] => ({
      kind: "status",
      status,
      commit,
      headers: { location: `${elsewhere.url}/start?next=${secret}` },
    });
    const active = async () => (await scenario.runs()).filter(({ status }) => status === "running").length;
    try {
      declare(scenario, { job: going });
      await scenario.control.fault({ operation, times: "always", fault: redirect(307) });
      const refused = await scenario.up("the start is answered with 307: it is sent once", { fails: true });
      expect(refused.output).toContain(`LYC1109: Starting the execution failed`);
      expect(refused.output).toContain(`redirect (307) to ${elsewhere.url}, which is not followed`);
      expect([startsIn(refused.requests), await scenario.runs()]).toEqual([1, []]);
      await scenario.control.clearFaults();
      const started = await scenario.up("the same up, without the redirect");
      expect(startsIn(started.requests)).toBe(1);

      declare(scenario, { job: going, found: going });
      await scenario.control.fault({ operation, fault: redirect(302, "before") });
      const found = await scenario.up("a start is answered with 302, though its run exists: it is found");
      expect([startsIn(found.requests), await active()]).toEqual([1, 2]);
      declare(scenario, { job: going, found: going, unclear: going });
      await scenario.control.fault({ operation, fault: redirect(302) });
      const unclear = await scenario.up("a start is answered with 302, and no run is found", { fails: true });
      expect(unclear.output).toContain("LYC3004");
      expect([startsIn(unclear.requests), await active()]).toEqual([1, 2]);

      await scenario.control.fault({ operation: "*", times: "always", fault: redirect(302) });
      // The executions are registered one after another, so that the warning is always on the same row.
      const second: Declared = { ...going, after: ["job"] };
      declare(scenario, { job: going, found: second, another: { ...going, after: ["found"] } });
      const created = await scenario.up("every call is redirected: nothing is started", { fails: true });
      declare(scenario, { job: going, found: { ...second, triggers: [1] } });
      const steps = [
        created,
        await scenario.up("a run is not replaced", { fails: true }),
        await scenario.refresh(
          "a refresh keeps what is recorded, and warns once",
          { requests: "at once" },
          "--parallel",
          "1",
        ),
        await scenario.destroy("destroy stops at once", { fails: true, requests: "at once" }, ...AT_ONCE),
      ];
      expect(steps.map(({ requests }) => startsIn(requests))).toEqual([0, 0, 0, 0]);
      // The abort is sent once. The job is only deleted after the resource that depends on it.
      expect(steps.map(({ requests }) => abortsIn(requests))).toEqual([0, 0, 0, 1]);
      for (const { output, requests } of steps) {
        expect(output).toContain("a redirect (302)");
        expect(requests.length).toBeLessThanOrEqual(12);
      }
      expect(await active()).toBe(2);
      await scenario.control.clearFaults();
      const { executionId } = await latest(scenario, "job");
      const match = { executionId };
      await scenario.control.fault({ operation: "abortWorkload", match, fault: redirect(307, "before") });
      const destroyed = await scenario.destroy(
        "destroy aborts both runs, though the answer to one abort is a redirect",
        { requests: "at once" },
        ...AT_ONCE,
      );
      expect(abortsIn(destroyed.requests)).toBe(2);
      expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
      expect(elsewhere.received()).toBe(0);
    } finally {
      elsewhere.close();
    }
  },
);

testScenario(
  "a destroy that has nothing to abort does not wait for a list that is never answered",
  { folder: __dirname, variant: "slow-list", hosts: ONE_HOST, waits: true, ...MANY },
  async (scenario) => {
    const ended: Declared = { script: { run: 0.1 }, waitFor: "completed" };
    // One depends on the other, so that the message is always on the same row.
    declare(scenario, { first: ended, second: { ...ended, after: ["first"] }, third: { ...ended, after: ["second"] } });
    await scenario.up("three runs that end", { requests: "at once" });
    await scenario.control.fault({ operation: "listWorkloads", times: "always", fault: { kind: "hold" } });
    const { output, requests } = await scenario.destroy("destroy, and no list is answered");
    const endedAt = Date.now();
    expect(output).toContain("could not check whether an interrupted command left an active run");
    expect(requests.map(({ operation: name }) => name)).toEqual(["listWorkloads"]);
    // With the longer time limit of other reads, the command would take longer.
    expect(endedAt - Date.parse(requests[0]?.at ?? "")).toBeLessThan(READ_SECONDS * 1000);
    await scenario.control.clearFaults();
  },
);
