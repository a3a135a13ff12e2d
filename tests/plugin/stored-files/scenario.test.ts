import { startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

testScenario(
  "a program in YAML stores files, and its run sees where they are",
  { folder: __dirname, hosts: ["plugin"] /* YAML programs have no other host */ },
  async (scenario) => {
    await scenario.preview("a preview knows the mount path");
    await scenario.up("up stores the file, then starts the run");
    scenario.work.write("data/a.txt", "another");
    const changed = await scenario.up("another content starts another run");
    expect(startsIn(changed.requests)).toBe(1);
    await scenario.destroy();
  },
);
