import { startsIn, writesIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import { urnOf } from "../../harness/urn";

testScenario(
  "a replacement that the engine creates first adopts the run, and does not abort it",
  { folder: __dirname, hosts: ["plugin"] },
  async (scenario) => {
    await scenario.up("a run, declared without the class");
    const replaced = await scenario.up("up --replace", { fails: true }, "--replace", urnOf("job"));
    expect(writesIn(replaced.requests)).toEqual([]);
    expect(replaced.output).toContain("deleteBeforeReplace: true");
    scenario.edit("index.js", (text) => text.replace("\n});", "\n}, { deleteBeforeReplace: true });"));
    const again = await scenario.up("up --replace with the option", {}, "--replace", urnOf("job"));
    expect(startsIn(again.requests)).toBe(1);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "running"]);
    await scenario.up("and nothing is left to do", {}, "--expect-no-changes");
    await scenario.destroy("destroy");
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  },
);
