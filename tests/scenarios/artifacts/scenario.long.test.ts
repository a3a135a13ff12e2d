import { startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

testScenario(
  "the files that a run leaves are outputs, a missing one starts no run, and results stay unless the program gives them up",
  { folder: __dirname },
  async (scenario) => {
    await scenario.preview("a preview does not know the artifacts");
    // The program reads two files at the same time.
    const atOnce = { requests: "at once" } as const;
    await scenario.up("the run leaves its files", atOnce);
    await scenario.step("its outputs", ["stack", "output", "--json"]);
    await scenario.up("up again looks for no artifact", atOnce, "--expect-no-changes");

    const ofRun = { program: "npx pulumi-lyceum" } as const;
    await scenario.step("the artifacts of the run", ["files", "list", "train", "--stack", "dev", "--json"], ofRun);
    await scenario.step(
      "one of the artifacts is fetched",
      ["files", "get", "train", "metrics", "--stack", "dev", "-o", "results"],
      ofRun,
    );
    await scenario.step("the run", ["show", "train", "--stack", "dev"], ofRun);

    scenario.work.write("settings.json", JSON.stringify({ log: "out/train.log" }));
    await scenario.preview("another artifact is an update");
    const missing = await scenario.up("a missing artifact fails the update, and starts no run", { fails: true });
    expect(startsIn(missing.requests)).toBe(0);
    await scenario.refresh("a refresh looks again, and warns");
    await scenario.step("somebody stores the file", ["files", "put", "compose.yaml", "out/train.log"], {
      program: "npx pulumi-lyceum",
    });
    const found = await scenario.up("the next update finds it", atOnce);
    expect(startsIn(found.requests)).toBe(0);

    await scenario.destroy("destroy removes the result that the program gives up, and no other");
    await scenario.step("the files that are still stored", ["files", "list", "out/", "--json"], {
      program: "npx pulumi-lyceum",
    });
  },
);
