import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { InspectedText } from "../harness/canaries";
import { inspectedTexts as textsOfEveryScenario } from "../harness/closing";
import type { Scenario } from "../harness/scenario";
import { textsBelow } from "../harness/workspace";
import type { ProcessSampler } from "./sampler";

/** What a scenario about credentials for Docker has to look at beside the places of every scenario. */
export interface Evidence {
  readonly sampler: ProcessSampler;
  /** What `docker inspect` said of the run's containers and images. */
  readonly inspected: readonly string[];
}

/**
 * Every place that a registry's password may have got to. Left out is the emulator's store: it holds the body of the start
 * on purpose, because tests ask for it.
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

/** The configuration of whoever runs the tests: the emulator has a home of its own, Docker's daemon has not. */
export function usersDockerConfig(): string {
  const file = join(process.env.DOCKER_CONFIG || join(homedir(), ".docker"), "config.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
