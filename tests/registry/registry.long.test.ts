import { containersOf, docker, signal } from "../harness/emulator/docker";
import { describeSightings, type InspectedText, scan } from "../harness/golden/canaries";
import { startBodies } from "../harness/golden/counts";
import { type ScenarioDeclaration, testScenario } from "../harness/register";
import type { Scenario } from "../harness/scenario";
import { waitUntil } from "../harness/wait";
import { findPlanted, textsOf, usersDockerConfig } from "./planted";
import { PrivateRegistry, USER, whyNoRegistry } from "./registry";
import { processSampler } from "./sampler";

const WRONG = "wrong-canary/7f+&=%q";

/** Runs a scenario with a private registry. Only this registry has the image in the program's text. */
function testWithRegistry(
  title: string,
  declaration: ScenarioDeclaration,
  act: (scenario: Scenario, registry: PrivateRegistry) => Promise<void>,
): void {
  testScenario(title, { ...declaration, engines: ["docker"], missing: whyNoRegistry() }, async (scenario) => {
    const registry = await PrivateRegistry.start(`${scenario.work.base}/registry`);
    try {
      registry.push();
      scenario.names.fix(registry.host, "<registry>");
      scenario.names.fix(registry.refusal(), "<Docker's words: not logged in>");
      scenario.names.fix(registry.refusal(WRONG), "<Docker's words: a wrong password>");
      scenario.work.write(
        "compose.yaml",
        `services:\n  tool:\n    image: ${registry.image}\n    command: sh -c 'trap "exit 0" USR1; echo mine; sleep 600 & wait'\n`,
      );
      await act(scenario, registry);
    } finally {
      await registry.stop();
    }
  });
}

async function plant(scenario: Scenario, secrets: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    scenario.plant(name, value);
    await scenario.pulumi.setSecret(name, value);
  }
}

const login = (scenario: Scenario, how: string): void =>
  scenario.work.write("settings.json", JSON.stringify({ login: how }));

testWithRegistry(
  "an image of a private registry is had with its password alone, which turns up nowhere",
  { folder: __dirname, variant: "basic" },
  async (scenario, registry) => {
    expect(await findPlanted(scenario)).toEqual([
      "HOME/.docker/config.json",
      "docker inspect",
      "the arguments of process",
      "the docker engine's runs/one/docker/config.json",
      "the environment of process",
      "the state's files/leaked.json",
    ]);
    await plant(scenario, { password: USER.password, wrongPassword: WRONG });
    const configBefore = usersDockerConfig();
    const sampler = processSampler();
    try {
      login(scenario, "none");
      const refusedBefore = registry.refused;
      await scenario.up("without a password the run cannot start", { fails: true });
      login(scenario, "wrong");
      await scenario.up("nor with a wrong one", { fails: true });
      expect(registry.served).toBe(0);
      await waitUntil("the registry's two lines", () => registry.refused >= refusedBefore + 2);

      login(scenario, "right");
      const up = scenario.beginStep("with the right one it runs", ["up", "--yes", "--skip-preview"]);
      const container = await waitUntil("the container to run", async () => {
        const id = (await scenario.runs())[2]?.executionId;
        return id === undefined ? undefined : containersOf(id)[0];
      });
      const inspected = [docker("inspect", container), docker("image", "inspect", registry.image), docker("info")];
      await waitUntil("the run to complete", async () => {
        signal(container, "USR1");
        return (await scenario.runs())[2]?.status === "completed";
      });
      await up.ended();
      expect(registry.served).toBeGreaterThan(0);
      expect(usersDockerConfig()).toBe(configBefore);
      const inspectedTexts = await textsOf(scenario, { sampler, inspected });
      // One of the observed processes received the password, in a file.
      const isPull = ({ where, text }: InspectedText): boolean =>
        where.includes("docker-compose") && / pull /.test(text);
      expect(inspectedTexts.some(isPull)).toBe(true);
      expect(describeSightings(scan(inspectedTexts, scenario.canaries))).toBe("");
    } finally {
      sampler.stop();
    }
    await scenario.destroy();
  },
);

testWithRegistry(
  "credentials of AWS are sent whole, and the emulator says that it does not speak to ECR",
  { folder: __dirname, variant: "aws" },
  async (scenario, registry) => {
    await plant(scenario, {
      awsKey: "AKIACANARY0123456789",
      awsSecret: "aws-canary/Secret+0123456789=&",
      awsSession: "aws-canary/Session+abcdefghij==",
    });
    login(scenario, "aws");
    const failed = await scenario.up("the run cannot start", { fails: true });
    expect(failed.output).toContain("does not speak to Amazon ECR");
    const sent = startBodies(failed.requests).flatMap((body) => Object.keys(body));
    expect(sent.filter((field) => /^aws_|credential/.test(field)).sort()).toEqual([
      "aws_access_key_id",
      "aws_region",
      "aws_secret_access_key",
      "aws_session_token",
      "docker_registry_credential_type",
    ]);
    expect(registry.served).toBe(0);
    await scenario.destroy();
  },
);
