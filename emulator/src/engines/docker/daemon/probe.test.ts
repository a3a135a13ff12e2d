import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerAvailable, isRecent } from "./probe";

const before = { ...process.env };
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "probe-"));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

test.each([
  ["2.40.3", true],
  ["2.20.0", true],
  ["2.40.3-desktop.1", true],
  ["5.0.1", true],
  ["2.19.9", false],
  ["1.29.2", false],
  ["", false],
  ["nonsense", false],
])("compose %s is recent enough: %s", (version, expected) => {
  expect(isRecent(version)).toBe(expected);
});

test.each([
  ["/no/such/docker-compose", "there is no docker compose at /no/such/docker-compose"],
  ["/bin/false", "/bin/false version failed"],
])("with %s as compose, the error names what is missing", async (plugin, reason) => {
  process.env.LYCEUM_EMULATOR_COMPOSE_PLUGIN = plugin;
  expect(await dockerAvailable()).toMatchObject({ available: false, reason: expect.stringContaining(reason) });
});

test.each<[string, NodeJS.ProcessEnv, string | undefined, string]>([
  ["no docker", {}, undefined, "there is no `docker` on PATH. Install Docker, or set DOCKER_HOST"],
  ["no docker, but a context", { DOCKER_CONTEXT: "x" }, undefined, "there is no `docker` on PATH"],
  [
    "an unknown context",
    { DOCKER_CONTEXT: "x" },
    "echo 'context \"x\": not found' >&2; exit 1",
    'context "x": not found',
  ],
  [
    "a socket that does not exist",
    { DOCKER_HOST: "unix:///no/docker.sock" },
    "exit 0",
    "does not answer at /no/docker.sock",
  ],
  ["an address that is not valid", { DOCKER_HOST: "x" }, "exit 0", "the address of the Docker daemon, x, is not valid"],
])("with %s, the usual daemon does not take the place of the right one", async (_title, variables, script, reason) => {
  if (script !== undefined) {
    writeFileSync(join(folder, "docker"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "docker"), 0o755);
  }
  process.env = { PATH: folder, ...variables };
  expect(await dockerAvailable()).toEqual({ available: false, reason: expect.stringContaining(reason) });
});
