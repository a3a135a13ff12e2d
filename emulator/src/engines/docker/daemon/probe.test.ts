import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
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

describe("a machine with a daemon", () => {
  const server = createServer((_request, response) => response.end('{"NCPU":3}'));
  const sockets = mkdtempSync(join(tmpdir(), "probe-socket-"));
  const socket = join(sockets, "docker.sock");
  beforeAll(() => new Promise<void>((resolve) => void server.listen(socket, resolve)));
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(sockets, { recursive: true });
  });

  /** Puts a program into the only folder of PATH. */
  function program(name: string, script: string): string {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  }
  const context = (host: string) => `echo '[{"Endpoints":{"docker":{"Host":"${host}"}}}]'`;
  const docker = (host: string, plugins: string) =>
    program("docker", `if [ "$1" = context ]; then ${context(host)}; else echo '${plugins}'; fi`);
  const compose = (path: string) => `[{"Name":"buildx","Path":"/b"},{"Name":"compose","Path":"${path}"}]`;

  test.each(["v2.40.3", "5.0.1"])("and compose %s has real containers", async (version) => {
    const plugin = program("compose", `echo ${version}`);
    docker(`unix://${socket}`, compose(plugin));
    process.env = { PATH: folder };
    const facts = { composePlugin: plugin, socket, cpus: 3 };
    expect(await dockerAvailable()).toEqual({ available: true, facts });
    process.env = { PATH: "", DOCKER_HOST: `unix://${socket}`, LYCEUM_EMULATOR_COMPOSE_PLUGIN: plugin };
    expect(await dockerAvailable()).toEqual({ available: true, facts });
  });

  test.each([
    ["an old plugin", () => compose(program("compose", "echo 2.19.1")), "docker compose is 2.19.1, at least 2.20 is"],
    ["a plugin that is not there", () => compose("/none"), "there is no docker compose at /none"],
    ["a broken plugin", () => '[{"Name":"compose","Path":"/b","Err":"broken"}]', "docker has no compose plugin"],
    ["a plugin without a path", () => '[{"Name":"compose"}]', "docker has no compose plugin"],
    ["no plugins", () => "null", "docker has no compose plugin"],
  ])("and %s has none", async (_what, plugins, reason) => {
    docker(`unix://${socket}`, plugins());
    process.env = { PATH: folder };
    expect(await dockerAvailable()).toEqual({ available: false, reason: expect.stringContaining(reason) });
  });

  test("at another place that does not answer has none", async () => {
    docker("tcp://127.0.0.1:1", "null");
    process.env = { PATH: folder };
    const reason = "the Docker daemon does not answer at the address of docker's context (connect ECONNREFUSED";
    expect(await dockerAvailable()).toEqual({ available: false, reason: expect.stringContaining(reason) });
    process.env = { PATH: folder, DOCKER_HOST: "tcp://127.0.0.1:1" };
    const named = "the Docker daemon does not answer at tcp://127.0.0.1:1 (connect ECONNREFUSED";
    expect(await dockerAvailable()).toEqual({ available: false, reason: expect.stringContaining(named) });
  });
});
