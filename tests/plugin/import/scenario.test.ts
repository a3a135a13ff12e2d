import { writesIn } from "../../harness/golden/counts";
import { declare, MANY } from "../../harness/many";
import { testScenario } from "../../harness/register";

const TYPE = "lyceum:index:ComposeExecution";

testScenario(
  "an imported run is managed without a change, and destroy leaves it",
  { folder: __dirname, hosts: ["plugin"], ...MANY },
  async (scenario) => {
    declare(scenario, { job: { script: { start: 0, run: 600 } } });
    await scenario.up("a run that is to be imported");
    const [run] = await scenario.runs();
    const id = run?.executionId ?? "";
    const imported = await scenario.step("import by its id", [
      "import",
      TYPE,
      "imported",
      id,
      "--yes",
      "--skip-preview",
      "--protect=false",
      // The language host of the tests is too old to generate code of a program.
      "--generate-code=false",
    ]);
    expect(writesIn(imported.requests)).toEqual([]);
    expect(await scenario.resource("imported")).toMatchObject({ id, inputs: { existingExecutionId: id } });
    declare(scenario, { job: { script: { start: 0, run: 600 } }, imported: { existingExecutionId: id } });
    const same = await scenario.up("the program declares it: nothing changes", {}, "--expect-no-changes");
    expect(writesIn(same.requests)).toEqual([]);
    const unknown = await scenario.step(
      "an id that Lyceum does not know",
      ["import", TYPE, "other", "local-1", "--yes", "--skip-preview", "--generate-code=false"],
      { fails: true },
    );
    expect(unknown.output).toContain("LYC3009");

    declare(scenario, { job: { script: { start: 0, run: 600 } } });
    const removed = await scenario.up("the program no longer declares it: it is left alone");
    expect(writesIn(removed.requests)).toEqual([]);
    await scenario.destroy("destroy");
  },
);
