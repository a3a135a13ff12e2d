import { installPlugin } from "../../harness/processes/plugins";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { Workspace } from "../../harness/workspace";

const EXAMPLE = "../../../examples/job";

/** Replaces the program by one in YAML. JSON is YAML. */
function useYaml(work: Workspace): void {
  installPlugin("yaml", work.pulumiHome);
  const properties = { composeFile: "compose.yaml", job: "migrate", waitFor: "completed", timeout: 300 };
  const resources = { migration: { type: "lyceum:ComposeExecution", properties } };
  const project = work.read("Pulumi.yaml").replace(/^runtime: .*$/m, "runtime: yaml");
  work.write("Pulumi.yaml", `${project}resources: ${JSON.stringify(resources)}\n`);
}

/** Waits for a job that needs a server: the job's end ends the run, and no container is left. */
async function play(scenario: Scenario): Promise<void> {
  // When the provider reads the run and its output depends on how fast the containers are.
  await scenario.step("up", ["up", "--yes", "--skip-preview"], { writesOnly: true });
  const { outputs } = await scenario.resource("migration");
  expect(outputs).toMatchObject({ status: "completed", returnCode: 0, jobEnded: true });
  // The service shows an aborted run. The end of the job is recorded, so nothing runs again.
  const shown = (await scenario.runs()).map(({ status }) => status);
  expect(shown).toEqual(["aborted"]);
  await scenario.step("again", ["up", "--yes", "--skip-preview"]);
  await scenario.step("refresh", ["refresh", "--yes", "--skip-preview"]);
  await scenario.step("destroy", ["destroy", "--yes", "--skip-preview"]);
}

testScenario(
  "the end of a job ends its run, and the run is completed",
  { folder: __dirname, program: EXAMPLE, engines: ["simulated", "docker"] },
  play,
);

testScenario(
  "the end of a job ends the run of a program in YAML",
  { folder: __dirname, program: EXAMPLE, variant: "yaml", hosts: ["plugin"] },
  async (scenario) => {
    useYaml(scenario.work);
    await scenario.pulumi.quietly(["up", "--yes", "--skip-preview"]);
    expect((await scenario.resource("migration")).outputs).toMatchObject({ status: "completed", returnCode: 0 });
    await scenario.pulumi.quietly(["destroy", "--yes", "--skip-preview"]);
    await scenario.leaveRequestsOut();
  },
);
