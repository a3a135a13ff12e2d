import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
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

test("owners are found by any object that has both labels", async () => {
  const labels = (id?: string, owner?: string) => ({
    Labels: { "pulumi-lyceum.execution": id, "pulumi-lyceum.owner": owner },
  });
  const { daemon, asked } = await daemonWith({
    "GET /containers/json": { body: [labels("local-1", "me:1"), labels("local-2")] },
    "GET /networks": { body: [labels(undefined, "me:2"), { Labels: null }] },
    "GET /volumes": { body: { Volumes: [{ Name: "v", ...labels("local-3", "me:3") }] } },
  });
  expect([...(await daemon.owners())]).toEqual([
    ["local-1", "me:1"],
    ["local-3", "me:3"],
  ]);
  // A container that has ended still belongs to its run.
  expect(asked.sort()).toEqual([
    'GET /containers/json {"all":"true","filters":"{\\"label\\":[\\"pulumi-lyceum.owner\\"]}"}',
    'GET /networks {"filters":"{\\"label\\":[\\"pulumi-lyceum.owner\\"]}"}',
    'GET /volumes {"filters":"{\\"label\\":[\\"pulumi-lyceum.owner\\"]}"}',
  ]);
});

test("an image is there, or not, or the daemon cannot say", async () => {
  const { daemon, asked } = await daemonWith({
    "GET /images/ghcr.io/a/b:1/json": { body: { Id: "i" } },
    "GET /images/broken/json": { status: 500, body: { message: "no" } },
  });
  expect([await daemon.hasImage("ghcr.io/a/b:1"), await daemon.hasImage("a?b#c")]).toEqual([true, false]);
  expect(asked.at(-1)).toBe("GET /images/a%3Fb%23c/json");
  await expect(daemon.hasImage("broken")).rejects.toThrow("no");
});

test("output is read with the times of its lines, and with what the container's terminal needs", async () => {
  const { daemon, asked } = await daemonWith({
    "GET /containers/c1/json": { body: { ...inspected({}), Config: { Labels: {}, Tty: true } } },
    "GET /containers/c1/logs": { body: "lines" },
  });
  const { stream, tty } = await daemon.output("c1", { follow: true, since: undefined }, new AbortController().signal);
  expect([await text(stream), tty]).toEqual(['"lines"', true]);
  expect(asked.at(-1)).toBe(
    'GET /containers/c1/logs {"stdout":"true","stderr":"true","timestamps":"true","follow":"true"}',
  );
  await expect(daemon.output("c2", {}, new AbortController().signal)).rejects.toThrow("none");
});

test("events are those of the containers with a label", async () => {
  const { daemon, asked } = await daemonWith({ "GET /events": { body: "events" } });
  expect(await text(await daemon.events("mark", "m1", new AbortController().signal))).toBe('"events"');
  expect(asked).toEqual(['GET /events {"filters":"{\\"type\\":[\\"container\\"],\\"label\\":[\\"mark=m1\\"]}"}']);
});

test.each([
  ["that shows them", { body: { NCPU: 7 } }, 7],
  ["that does not show them", { body: {} }, 1],
])("the CPUs of a daemon %s", async (_what, answer, cpus) => {
  const { daemon } = await daemonWith({ "GET /info": answer });
  expect(await daemon.cpus()).toBe(cpus);
});

test("a daemon without an answer of its own, and one that is not there, are errors", async () => {
  const { daemon, asked } = await daemonWith({
    "POST /containers/c1/kill": { status: 409, body: { message: "is not running" } },
    "GET /info": { status: 300, body: { message: "elsewhere" } },
  });
  expect(await daemon.kill("c1")).toBeUndefined();
  expect(asked).toEqual(['POST /containers/c1/kill {"signal":"SIGKILL"}']);
  await expect(daemon.cpus()).rejects.toMatchObject({ message: "elsewhere", statusCode: 300 });
  await expect(connectDaemon(join(folder, "none")).cpus()).rejects.toMatchObject({ code: "ENOENT" });
});
