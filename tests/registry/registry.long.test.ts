import { describeSightings, type Place, scan } from "../harness/canaries";
import { startBodies } from "../harness/counts";
import { containersOf, docker, signal } from "../harness/docker";
import { type StoryDeclaration, tell } from "../harness/register";
import type { Story } from "../harness/scenario";
import { waitUntil } from "../harness/wait";
import { placesOf, usersDockerConfig } from "./inspected-texts";
import { findPlanted } from "./planted";
import { PrivateRegistry, USER, whyNoRegistry } from "./registry";
import { ProcessSampler } from "./sampler";

const WRONG = "wrong-canary/7f+&=%q";

const noRegistry = whyNoRegistry();

/** Tells a story with a private registry in it; the program's text names an image that only the registry has. */
function tellWithRegistry(
  title: string,
  declaration: StoryDeclaration,
  act: (story: Story, registry: PrivateRegistry) => Promise<void>,
): void {
  if (noRegistry !== undefined) {
    test.skip(`${title} (docker; left out: ${noRegistry})`, () => undefined);
    return;
  }
  tell(title, { ...declaration, engines: ["docker"] }, async (story) => {
    const registry = await PrivateRegistry.start(`${story.work.base}/registry`);
    try {
      registry.push();
      story.names.fix(registry.host, "<registry>");
      story.names.fix(registry.refusal(), "<Docker's words: not logged in>");
      story.names.fix(registry.refusal(WRONG), "<Docker's words: a wrong password>");
      story.work.write(
        "compose.yaml",
        `services:\n  tool:\n    image: ${registry.image}\n    command: sh -c 'trap "exit 0" USR1; echo mine; sleep 600 & wait'\n`,
      );
      await act(story, registry);
    } finally {
      await registry.stop();
    }
  });
}

async function plant(story: Story, secrets: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    story.plant(name, value);
    await story.pulumi.setSecret(name, value);
  }
}

const login = (story: Story, how: string): void => story.work.write("settings.json", JSON.stringify({ login: how }));

tellWithRegistry(
  "an image of a private registry is had with its password alone, which turns up nowhere",
  { folder: __dirname, variant: "basic" },
  async (story, registry) => {
    expect(await findPlanted(story)).toEqual([
      "HOME/.docker/config.json",
      "docker inspect",
      "the arguments of process",
      "the docker engine's runs/one/docker/config.json",
      "the environment of process",
      "the state's files/leaked.json",
    ]);
    await plant(story, { password: USER.password, wrongPassword: WRONG });
    const configBefore = usersDockerConfig();
    const sampler = new ProcessSampler();
    try {
      login(story, "none");
      const refusedBefore = registry.refused;
      await story.up("without a password the run cannot start", { fails: true });
      login(story, "wrong");
      await story.up("nor with a wrong one", { fails: true });
      expect(registry.served).toBe(0);
      expect(registry.refused).toBeGreaterThanOrEqual(refusedBefore + 2);

      login(story, "right");
      const up = story.beginStep("with the right one it runs", ["up", "--yes", "--skip-preview"]);
      const container = await waitUntil("the container to run", 60, async () => {
        const id = (await story.runs())[2]?.executionId;
        return id === undefined ? undefined : containersOf(id)[0];
      });
      const inspected = [docker("inspect", container), docker("image", "inspect", registry.image), docker("info")];
      await waitUntil("the run to complete", 30, async () => {
        signal(container, "USR1");
        return (await story.runs())[2]?.status === "completed";
      });
      await up.ended();
      expect(registry.served).toBeGreaterThan(0);
      expect(usersDockerConfig()).toBe(configBefore);
      const places = await placesOf(story, { sampler, inspected });
      // The process that was given the password, in a file, was among those that were looked at.
      const isPull = ({ where, text }: Place): boolean => where.includes("docker-compose") && / pull /.test(text);
      expect(places.some(isPull)).toBe(true);
      expect(describeSightings(scan(places, story.canaries))).toBe("");
    } finally {
      sampler.stop();
    }
    await story.destroy();
  },
);

tellWithRegistry(
  "credentials of AWS are sent whole, and the emulator says that it does not speak to ECR",
  { folder: __dirname, variant: "aws" },
  async (story, registry) => {
    await plant(story, {
      awsKey: "AKIACANARY0123456789",
      awsSecret: "aws-canary/Secret+0123456789=&",
      awsSession: "aws-canary/Session+abcdefghij==",
    });
    login(story, "aws");
    const failed = await story.up("the run cannot start", { fails: true });
    expect(failed.said).toContain("does not speak to Amazon ECR");
    const sent = startBodies(failed.requests).flatMap((body) => Object.keys(body));
    expect(sent.filter((field) => /^aws_|credential/.test(field)).sort()).toEqual([
      "aws_access_key_id",
      "aws_region",
      "aws_secret_access_key",
      "aws_session_token",
      "docker_registry_credential_type",
    ]);
    expect(registry.served).toBe(0);
    await story.destroy();
  },
);
