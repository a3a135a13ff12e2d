import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { inspectedTexts as textsOfEveryScenario } from "../harness/closing";
import { docker } from "../harness/emulator/docker";
import { type InspectedText, scan } from "../harness/golden/canaries";
import type { Scenario } from "../harness/scenario";
import { waitUntil } from "../harness/wait";
import { textsBelow } from "../harness/workspace";
import { processSampler } from "./sampler";

/** This canary is not a secret of the scenario. It is only for this check, and must be removed at the end. */
const PLANTED = { name: "planted", value: "planted-canary/9c+&=%q" };

/**
 * Reveals a password in each place in which the scenario must find it, searches for the password, and removes it again.
 * @returns where the password was found, one word for each place
 */
export async function findPlanted(scenario: Scenario): Promise<readonly string[]> {
  const auth = Buffer.from(`puller:${PLANTED.value}`).toString("base64");
  const files: Readonly<Record<string, string>> = {
    [join(scenario.work.home, ".docker", "config.json")]: JSON.stringify({ auths: { "127.0.0.1:1": { auth } } }),
    [join(scenario.work.state, "leaked.json")]: JSON.stringify(JSON.stringify({ password: PLANTED.value })),
    [join(scenario.work.emulator, "data", "docker", "runs", "one", "docker", "config.json")]: auth,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const sampler = processSampler();
  const node = ["-e", "setInterval(() => undefined, 1000)"];
  const leaking = [
    spawn(process.execPath, [...node, PLANTED.value], { stdio: "ignore", env: {} }),
    spawn(process.execPath, node, { stdio: "ignore", env: { PASSWORD: PLANTED.value } }),
  ];
  const container = docker("create", "--label", `auth=${auth}`, "busybox:stable", "true");
  try {
    const inspected = [docker("inspect", container)];
    const found = await waitUntil("both processes to be seen", async () => {
      const sightings = scan(await textsOf(scenario, { sampler, inspected }), [PLANTED]);
      const observed = new Set(sightings.map(({ where }) => where));
      return leaking.every(({ pid }) => [...observed].some((where) => where.includes(` ${pid} `)))
        ? observed
        : undefined;
    });
    return [...new Set([...found].map((where) => where.replace(/ \d+ .*/, "")))].sort();
  } finally {
    sampler.stop();
    for (const child of leaking) child.kill("SIGKILL");
    docker("rm", container);
    for (const file of Object.keys(files)) rmSync(file);
    rmSync(join(scenario.work.home, ".docker"), { recursive: true });
    rmSync(join(scenario.work.emulator, "data", "docker", "runs", "one"), { recursive: true });
  }
}

/** The places in which a scenario about Docker credentials searches, in addition to those of every scenario. */
interface Evidence {
  readonly sampler: ReturnType<typeof processSampler>;
  /** The output of `docker inspect` for the run's containers and images. */
  readonly inspected: readonly string[];
}

/**
 * Returns every text that may contain a registry's password. The emulator's store is left out, because tests read the
 * bodies of starts there, which contain the password.
 */
export async function textsOf(scenario: Scenario, { sampler, inspected }: Evidence): Promise<readonly InspectedText[]> {
  return [
    ...(await textsOfEveryScenario(scenario)),
    ...textsBelow(scenario.work.program).map(({ path, text }) => ({ where: `the program's ${path}`, text })),
    ...textsBelow(join(scenario.work.emulator, "data", "docker")).map(({ path, text }) => ({
      where: `the docker engine's ${path}`,
      text,
    })),
    { where: "the user's docker config", text: usersDockerConfig() },
    ...inspected.map((text) => ({ where: "docker inspect", text })),
    ...sampler.inspectedTexts(),
  ];
}

/** The user's Docker configuration. The emulator has its own home folder, but Docker's daemon uses the user's. */
export function usersDockerConfig(): string {
  const file = join(process.env.DOCKER_CONFIG || join(homedir(), ".docker"), "config.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
