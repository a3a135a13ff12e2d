import { readdirSync } from "node:fs";
import { join } from "node:path";
import { startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

testScenario(
  "mounted files are in the bucket before the start, and each run has its own folder",
  { folder: __dirname },
  async (scenario) => {
    const planned = await scenario.preview("a preview sends nothing, and names each mount");
    expect(planned.requests).toEqual([]);
    await scenario.up("up stores the files, then starts the run");
    const again = await scenario.up("up again sends nothing", {}, "--expect-no-changes");
    expect(again.requests.map(({ operation }) => operation)).toEqual(["listWorkloads"]);
    const report = ["report", "--stack", "dev", "--output", "run.md"];
    const reported = await scenario.pulumi.start(report, {}, "npx pulumi-lyceum").ended;
    expect(reported).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^run\.md: 1 run\n/) });
    await scenario.leaveRequestsOut();
    const { outputs } = await scenario.resource("run");
    const prefix = String(outputs?.filesPrefix);
    await scenario.step("the run writes a result", ["files", "put", "settings.json", `${prefix}out/settings.json`], {
      program: "npx pulumi-lyceum",
    });
    scenario.work.write("deploy/work/state.txt", "another\n");
    const changed = await scenario.up("a change of a file starts another run, and sends only what differs");
    expect(startsIn(changed.requests)).toBe(1);
    await scenario.destroy("destroy removes the stored files");
    const mount = join(scenario.work.emulator, "data", "bucket", "mount");
    const left = readdirSync(mount, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(left.map(({ name }) => name)).toEqual(["settings.json"]);
  },
);
