import { startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

testScenario(
  "files are stored, changed, moved and removed, and a change starts the run that names their hash",
  { folder: __dirname },
  async (scenario) => {
    const planned = await scenario.preview("a preview sends nothing, and knows the outputs");
    expect(planned.requests).toEqual([]);
    await scenario.up("the first up stores the files, then starts the run");
    await scenario.step("its outputs", ["stack", "output", "--json"]);

    const again = await scenario.up("up again sends nothing", {}, "--expect-no-changes");
    expect(again.requests.map(({ operation }) => operation)).toEqual(["listWorkloads"]);

    scenario.work.write("data/a.txt", "another");
    scenario.work.write("data/new.txt", "new");
    await scenario.preview("a preview names what is added and changed, and the run that follows");
    const changed = await scenario.up("only what differs is sent");
    expect(startsIn(changed.requests)).toBe(1);

    scenario.work.write("settings.json", JSON.stringify({ prefix: "elsewhere" }));
    const moved = await scenario.up("another prefix: the files are at their new place before the old ones go");
    expect(startsIn(moved.requests)).toBe(0);

    await scenario.refresh("a refresh finds no drift", {}, "--expect-no-changes");
    await scenario.destroy("destroy removes the stored files");
  },
);
