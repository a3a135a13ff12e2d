import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { realClock } from "../../../clock/clock";
import { createDockerEngine, dockerAvailable } from "..";
import { DockerApi } from "../daemon/docker-api";
import type { DockerFacts } from "../daemon/probe";
import type { DockerEngine } from "../docker-engine";
import { everythingOf, IMAGE, workFolder } from "./live";

/** What a test with real containers needs. All fields are set before the first test begins. */
export interface LiveEngine {
  facts: DockerFacts;
  docker: DockerApi;
  folder: string;
  engine: DockerEngine;
}

/** A service of the test image that runs a shell script. */
export const service = (script: string, more: object = {}) => ({
  image: IMAGE,
  command: ["sh", "-c", script],
  ...more,
});
/**
 * Returns a Compose text with these services. Every dollar sign is doubled, so that Compose reads it as a character.
 */
export const text = (services: object, more: object = {}) =>
  JSON.stringify({ services, ...more }).replaceAll("$", "$$$$");
/** A script that ignores the stop signal. */
export const IGNORE_TERM = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
/** A script that never ends. */
export const FOREVER = "while :; do sleep 0.1; done";

/**
 * Adds tests of an engine with real containers. After each test, no object of the engine may remain on the daemon. The
 * tests are skipped if `LYCEUM_TEST_DOCKER` is not 1; `npm test` sets it if Docker works.
 */
export function withDocker(title: string, tests: (live: LiveEngine) => void): void {
  const enabled = process.env.LYCEUM_TEST_DOCKER === "1";
  const when = enabled ? describe : describe.skip;
  when(`${title}${enabled ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)"}`, () => {
    const live = {} as LiveEngine;
    const logged: string[] = [];

    beforeAll(async () => {
      const found = await dockerAvailable();
      if (!found.available) throw new Error(found.reason);
      live.facts = found.facts;
      live.docker = new DockerApi(live.facts.socket);
      live.folder = await workFolder();
      const log = (message: string) => logged.push(message);
      live.engine = await createDockerEngine({ clock: realClock, workFolder: live.folder, log });
    });

    tests(live);

    afterEach(async () => {
      expect(await everythingOf(live.folder, live.docker)).toEqual([]);
      expect(await readdir(join(live.folder, "runs")).catch(() => [])).toEqual([]);
      expect(logged.splice(0)).toEqual([]);
    });

    afterAll(async () => {
      await live.engine?.close();
      if (live.folder !== undefined) await rm(live.folder, { recursive: true });
    });
  });
}
