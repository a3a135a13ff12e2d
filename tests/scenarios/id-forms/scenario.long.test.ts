import { untilAskedAgain } from "../../harness/emulator/ending";
import { abortsIn, startsIn } from "../../harness/golden/counts";
import { beginUp, type Declared, declare, endAll, MANY, untilAll } from "../../harness/many";
import { testScenario } from "../../harness/register";
import type { StepResult } from "../../harness/step";

const job: Declared = { script: { start: 0, run: 600 }, waitFor: "completed" };

/** The number of aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

/** The forms of ids in lists, and whether calls about one run also accept that form. */
const FORMS = [
  ["upper-case", { upperCase: ["execution_id"] }, "both forms"],
  ["prefix", { prefix: { execution_id: "exec-" } }, "the start's form alone"],
] as const;

for (const [variant, form, taken] of FORMS) {
  testScenario(
    `lists that show ids in another form (${variant}), where other calls take ${taken}: a run is started once, and its own is not taken for another`,
    { folder: __dirname, variant, ...MANY },
    async (scenario) => {
      for (const operation of ["listWorkloads", "getBillingHistory"])
        await scenario.control.fault({ operation, fault: { kind: "reshape", ...form } });
      if (taken === "both forms") await scenario.control.fault({ operation: "*", fault: { kind: "id-forms" } });

      declare(scenario, { job });
      const first = beginUp(scenario, "a run that is waited for");
      await untilAll(scenario, ["job"], "running");
      await untilAskedAgain(scenario);
      await untilAskedAgain(scenario);
      await endAll(scenario, ["job"], "completed");
      expect(did(await first.ended())).toEqual([0, 1]);
      await scenario.up("nothing is left to do", {}, "--expect-no-changes");

      declare(scenario, { job: { ...job, triggers: [1], waitFor: "running" } });
      expect(did(await scenario.up("a new run, which is not waited for"))).toEqual([0, 1]);
      await scenario.up("the resource keeps its own run", {}, "--expect-no-changes");
      declare(scenario, { job: { ...job, triggers: [2], waitFor: "running" } });
      expect(did(await scenario.up("a replacement of an active run"))).toEqual([1, 1]);
      await scenario.refresh("a refresh changes nothing");
      await scenario.up("an up starts nothing", {}, "--expect-no-changes");
      expect(did(await scenario.destroy())).toEqual([1, 0]);
      expect((await scenario.runs()).map(({ status }) => status)).toEqual(["completed", "aborted", "aborted"]);
    },
  );
}
