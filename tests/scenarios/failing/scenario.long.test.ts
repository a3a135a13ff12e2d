import { letRunEnd } from "../../harness/emulator/ending";
import { startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";

/** A run that fails when the test requests it. */
const longRunning = `services:
  broken:
    image: busybox:stable
    command: sh -c 'trap "echo no such file; exit 3" USR1; echo working; sleep 600 & wait'
x-lyceum-sim:
  run: 600
  output: [working]
`;

testScenario(
  "if the up waits for a run that fails, the up fails, and the next up starts the run again",
  { folder: __dirname, variant: "completed" },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    const failed = await scenario.up("one service exits 3 although another is fine", { fails: true });
    expect(failed.output).toContain("no such file");
    expect(await scenario.resource("job")).toMatchObject({ outputs: { status: "failed", returnCode: 3 } });

    await scenario.preview("the preview says that it starts a new run");
    scenario.edit("compose.yaml", (text) => text.replace(/exit 3/, "exit 0").replace("exitCode: 3", "exitCode: 0"));
    scenario.edit("compose.yaml", (text) => text.replace(/sleep 600 & wait/, "true").replace("run: 600", "run: 1"));
    const fixed = await scenario.up("a fixed file replaces the failed run, which needs no abort");
    expect(startsIn(fixed.requests)).toBe(1);
    await scenario.destroy("destroy has nothing to abort");
  },
);

testScenario(
  "a run that fails after it was running is kept, and the next up warns",
  { folder: __dirname, variant: "running" },
  async (scenario) => {
    scenario.work.write("compose.yaml", longRunning);
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "running", timeout: 300 }));
    await scenario.up("up waits until the run is running");
    await letRunEnd(scenario, 3);
    await scenario.refresh("refresh finds out that it failed");
    const warned = await scenario.up("up keeps it, and warns");
    expect(startsIn(warned.requests)).toBe(0);
    expect(warned.output).toContain("It is kept, because waitFor is");
    await scenario.destroy("destroy has nothing to abort");
  },
);

testScenario(
  "the failed service is recorded, although only a second read of the record names it",
  { folder: __dirname, variant: "later", hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "completed", whenFailed: "keep" }));
    const fault = { kind: "reshape", drop: ["errors", "errors_docker"] };
    await scenario.control.fault({ operation: "getExecution", times: 1, fault });
    const failed = await scenario.up("the first record of the end has exit code and time alone", { fails: true });
    expect(failed.output).toContain('service "broken" exited with code 3');
    const { outputs } = await scenario.resource("job");
    expect(outputs).toMatchObject({ returnCode: 3, failedService: "broken", services: { broken: 3 } });
    const { failedService, services } = outputs ?? {};
    scenario.print(`  failedService ${failedService}, services ${JSON.stringify(services)}`);
    await scenario.refresh("a refresh reads no record again and changes no recorded end");
    expect((await scenario.resource("job")).outputs).toMatchObject({
      failedService: "broken",
      services: { broken: 3 },
    });
    await scenario.destroy("destroy has nothing to abort");
  },
);
