import { abortsIn, startsIn, writesIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

const reformatted = `# The same document, written by somebody else.
x-lyceum-sim: { output: ["working"], stopTakes: 0.3, run: 600, start: 0.3 }
services:
    worker:
        environment: { "GREETING": 'hello' }
        command: "sh -c 'trap \\"echo stopping; exit 0\\" TERM; echo working; sleep 600 & wait'"
        image: "busybox:stable"
`;

testScenario(
  "a run is declared, kept, replaced when it changes, and cancelled",
  { folder: __dirname, engines: ["simulated", "docker"] },
  async (scenario) => {
    const planned = await scenario.preview("a preview sends nothing");
    expect(planned.requests).toEqual([]);

    const first = await scenario.up("the first up starts the run and waits until it is running");
    expect(startsIn(first.requests)).toBe(1);
    // The row shows the current status. The golden file has only its last text.
    expect(first.output).toMatch(/ComposeExecution worker creating \(\d+s\) pending \((?:SIMULATED )?run local-/);
    expect(first.output).toMatch(/ComposeExecution worker creating \(\d+s\) running \((?:SIMULATED )?run local-/);
    await scenario.step("its outputs", ["stack", "output", "--json"]);
    const { executionId } = await scenario.pulumi.outputs();

    const again = await scenario.up("up again changes nothing", {}, "--expect-no-changes");
    expect(writesIn(again.requests)).toEqual([]);

    await scenario.refresh("refresh reads the run, and running is no drift", {}, "--expect-no-changes");

    scenario.work.write("compose.yaml", reformatted);
    const same = await scenario.up("a reformatted file is the same document", {}, "--expect-no-changes");
    expect(writesIn(same.requests)).toEqual([]);

    scenario.edit("compose.yaml", (text) => text.replace("'hello'", "'good evening'"));
    const plan = await scenario.preview("the preview of a changed service says why the run is replaced");
    expect(writesIn(plan.requests)).toEqual([]);
    const replaced = await scenario.up("a changed service: the old run is aborted, then a new one starts");
    expect([abortsIn(replaced.requests), startsIn(replaced.requests)]).toEqual([1, 1]);
    expect((await scenario.pulumi.outputs()).executionId).not.toBe(executionId);

    const destroyed = await scenario.destroy("destroy aborts the run and waits for its end");
    expect([abortsIn(destroyed.requests), startsIn(destroyed.requests)]).toEqual([1, 0]);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  },
);
