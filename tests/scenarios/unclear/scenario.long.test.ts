import { startsIn } from "../../harness/golden/counts";
import { type Declared, declare, MANY } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";

const endless: Declared = { script: { start: 0, run: 600 } };
const operation = "startComposeExecution";

testScenario(
  "after a start without a clear answer, the run is looked for, and the start is sent again only if it is proven that no run exists",
  { folder: __dirname, hosts: ONE_HOST, waits: true, ...MANY },
  async (scenario) => {
    declare(scenario, { found: endless });
    await scenario.control.fault({ operation, fault: { kind: "status", status: 503, commit: "before" } });
    const found = await scenario.up("503, though the run exists: it is found and taken over");
    expect(startsIn(found.requests)).toBe(1);

    declare(scenario, { found: endless, "nothing-came": endless });
    await scenario.control.fault({ operation, fault: { kind: "reset", commit: "never" } });
    const again = await scenario.up("a reset, and no run: after 30 s of looking it is sent again");
    expect(startsIn(again.requests)).toBe(2);
    expect(await scenario.runs()).toHaveLength(2);

    // The engine creates several resources at the same time. The runs of the others must be known before the provider
    // looks for this one.
    const undecidedLast = { ...endless, after: ["found", "nothing-came"] };
    declare(scenario, { found: endless, "nothing-came": endless, undecided: undecidedLast });
    await scenario.control.fault({ operation, fault: { kind: "garbage", commit: "before" } });
    await scenario.control.fault({ operation: "*", fault: { kind: "reshape", drop: ["file_name"] } });
    const undecided = await scenario.up("an unreadable answer of a service that hides file names: nothing is proven", {
      fails: true,
    });
    expect(undecided.output).toContain("LYC3004");
    expect(startsIn(undecided.requests)).toBe(1);

    await scenario.control.clearFaults();
    const over = await scenario.up("the next up finds the run of the recorded start");
    expect(startsIn(over.requests)).toBe(0);
    expect(await scenario.runs()).toHaveLength(3);
    await scenario.destroy("destroy", { requests: "at once" });
  },
);

/** Forms in which a service may show the names of all runs. */
const NAMES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  constant: { set: { file_name: "docker-compose" } },
  reversed: { reverse: ["file_name"] },
  empty: { set: { file_name: "" } },
  "under-name": { rename: { file_name: "name" } },
  "under-display-name": { rename: { file_name: "display_name" } },
};

// Each lookup takes 30 s, so each form has its own scenario, and all wait at the same time.
for (const [name, shown] of Object.entries(NAMES)) {
  testScenario(
    `a start without a clear answer is never followed by a second start while names come back ${name}`,
    { folder: __dirname, variant: `names-${name}`, hosts: ONE_HOST, waits: true, ...MANY },
    async (scenario) => {
      declare(scenario, { another: endless });
      await scenario.up("another run", { totalsOnly: true });
      // This resource is registered last. If a resource fails before the others are registered, the totals may lack
      // them.
      const one: Declared = { ...endless, after: ["another"] };
      const declared = (more: Declared) => declare(scenario, { another: endless, one: { ...one, ...more } });
      declared({});
      await scenario.control.fault({ operation, fault: { kind: "reset", commit: "before" } });
      await scenario.control.fault({ operation: "*", fault: { kind: "reshape", ...shown } });
      const first = await scenario.up("the up stops", { fails: true, totalsOnly: true });
      declared({ whenUnverified: "fail" });
      const second = await scenario.up("the next up stops again", { fails: true, totalsOnly: true });
      expect([first, second].map(({ requests }) => startsIn(requests))).toEqual([1, 0]);
      for (const { output } of [first, second]) expect(output).toContain("LYC3004");
      await scenario.control.clearFaults();
      declared({});
      const found = await scenario.up("until names are right again", { totalsOnly: true });
      expect(startsIn(found.requests)).toBe(0);
      await scenario.destroy("destroy", { totalsOnly: true, requests: "at once" });
      expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
    },
  );
}
