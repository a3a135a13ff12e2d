import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDaemon } from "./daemon";

/** Answers of the daemon by method and path. The daemon answers 404 to every other call. */
type Answers = Readonly<Record<string, { readonly status?: number; readonly body?: unknown }>>;

let folder: string;
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "daemon-"));
});
afterEach(async () => {
  await new Promise((resolve) => server?.close(resolve));
  await rm(folder, { recursive: true });
});

async function daemonWith(answers: Answers) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://daemon");
    const query = searchParams.size === 0 ? "" : ` ${JSON.stringify(Object.fromEntries(searchParams))}`;
    asked.push(`${request.method} ${pathname}${query}`);
    const { status = 200, body } = answers[`${request.method} ${pathname}`] ?? {
      status: 404,
      body: { message: "none" },
    };
    response.setHeader("Content-Type", "application/json");
    response.writeHead(status).end(status === 204 || status === 304 ? undefined : JSON.stringify(body ?? {}));
  });
  const socket = join(folder, "docker.sock");
  await new Promise<void>((resolve) => server?.listen(socket, resolve));
  return { daemon: connectDaemon(socket), asked };
}

const inspected = (state: object) => ({
  Id: "c1",
  Config: { Labels: { "com.docker.compose.service": "web" }, Tty: false },
  State: { Status: "exited", ExitCode: 3, StartedAt: "s", FinishedAt: "f", OOMKilled: true, ...state },
});

test("containers of a run are found by its label, and a missing container is not an error", async () => {
  const { daemon, asked } = await daemonWith({
    "GET /containers/json": { body: [{ Id: "c1" }, { Id: "gone" }] },
    "GET /containers/c1/json": { body: inspected({}) },
  });
  expect(await daemon.containers("local-1")).toEqual([
    { id: "c1", service: "web", state: "exited", exitCode: 3, startedAt: "s", finishedAt: "f", oomKilled: true },
  ]);
  expect(asked[0]).toBe(
    `GET /containers/json {"all":"true","filters":"{\\"label\\":[\\"pulumi-lyceum.execution=local-1\\"]}"}`,
  );
});

test("a stop has the grace period, and a container that has stopped or is gone is not an error", async () => {
  const { daemon, asked } = await daemonWith({
    "POST /containers/c1/stop": { status: 204 },
    "POST /containers/c2/stop": { status: 304 },
    "POST /containers/c4/stop": { status: 500, body: { message: "no" } },
  });
  for (const id of ["c1", "c2", "c3"]) await daemon.stop(id, 7);
  expect(asked[0]).toBe('POST /containers/c1/stop {"t":"7"}');
  await expect(daemon.stop("c4", 7)).rejects.toThrow("no");
});

test("a sweep removes containers with anonymous volumes, then networks and volumes, but none in use", async () => {
  const { daemon, asked } = await daemonWith({
    "GET /containers/json": { body: [{ Id: "c1" }] },
    "DELETE /containers/c1": { status: 204 },
    "GET /networks": { body: [{ Id: "n1" }] },
    "DELETE /networks/n1": { status: 403, body: { message: "has active endpoints" } },
    "GET /volumes": { body: { Volumes: [{ Name: "v1" }] } },
    "DELETE /volumes/v1": { status: 409, body: { message: "in use" } },
  });
  expect(await daemon.sweep("label", "value")).toBe(3);
  expect(asked.filter((request) => request.startsWith("DELETE"))).toEqual([
    'DELETE /containers/c1 {"force":"true","v":"true"}',
    "DELETE /networks/n1",
    "DELETE /volumes/v1",
  ]);
});

test("executions are found by any remaining object", async () => {
  const labels = (id: string) => ({ Labels: { "pulumi-lyceum.execution": id } });
  const { daemon } = await daemonWith({
    "GET /containers/json": { body: [labels("local-1"), labels("local-1")] },
    "GET /networks": { body: [labels("local-2"), { Labels: null }] },
    "GET /volumes": { body: { Volumes: null } },
  });
  expect([...(await daemon.executions("label", "value"))]).toEqual(["local-1", "local-2"]);
});
