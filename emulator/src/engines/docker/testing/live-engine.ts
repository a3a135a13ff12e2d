import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createDockerEngine, type DockerEngine, dockerAvailable } from "..";
import { DockerApi } from "../daemon/docker-api";
import { everythingOf, IMAGE, testLocation, workFolder } from "./live";

/** What a test of real containers works with. */
export interface LiveEngine {
  readonly docker: DockerApi;
  readonly folder: string;
  readonly engine: DockerEngine;
}

/** A service of the test image that runs a shell script. */
export const service = (script: string, more: object = {}) => ({
  image: IMAGE,
  command: ["sh", "-c", script],
  ...more,
});
/** A compose text of these services, with every dollar written out. */
export const text = (services: object, more: object = {}) =>
  JSON.stringify({ services, ...more }).replaceAll("$", "$$$$");
/** A script that ignores the stop signal. */
export const IGNORE_TERM = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
/** A script that never ends. */
export const FOREVER = "while :; do sleep 0.1; done";

/**
 * Tests of an engine on real containers, after each of which nothing is left on the daemon. Without a Docker engine of
 * its own to start things on, there is nothing that it could be asked: `npm test` looks for one.
 */
export function withDocker(tests: (whenReady: (use: (live: LiveEngine) => void) => void) => void): void {
  const enabled = process.env.LYCEUM_TEST_DOCKER === "1";
  const when = enabled ? describe : describe.skip;
  when(`real containers${enabled ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)"}`, () => {
    let live: LiveEngine;
    const logged: string[] = [];

    tests((use) => {
      beforeAll(async () => {
        const found = await dockerAvailable(testLocation());
        if (!found.available) throw new Error(found.reason);
        const docker = new DockerApi(found.facts.socket);
        await docker.call("GET", `/images/${IMAGE}/json`);
        const folder = await workFolder();
        const log = (message: string) => logged.push(message);
        live = { docker, folder, engine: await createDockerEngine({ ...testLocation(), workFolder: folder, log }) };
        use(live);
      });
    });

    afterEach(async () => {
      expect(await everythingOf(live.folder, live.docker)).toEqual([]);
      expect(await readdir(join(live.folder, "runs")).catch(() => [])).toEqual([]);
      expect(logged.splice(0)).toEqual([]);
    });

    afterAll(async () => {
      await live?.engine.close();
      if (live !== undefined) await rm(live.folder, { recursive: true });
    });
  });
}
