import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { startOf } from "../../../store/system";
import { bridge } from "./bridge";
import { DockerApi } from "./docker-api";
import { endpointOf } from "./endpoint";

jest.mock("node:tls", () => ({ ...jest.requireActual("node:tls") }));

const ANSWER = 'HTTP/1.1 200 OK\\r\\ncontent-length: 10\\r\\nconnection: close\\r\\n\\r\\n{"NCPU":3}';
let folder = "";
const path = process.env.PATH;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bridge-"));
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

/** Puts a program `ssh` at the beginning of PATH. */
function fakeSsh(script: string): void {
  writeFileSync(join(folder, "ssh"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "ssh"), 0o755);
  process.env.PATH = `${folder}:${path}`;
}

const ask = (socket: string) => new DockerApi(socket).call("GET", "/info");

test("a daemon behind ssh answers as one at a socket, and receives the words of docker", async () => {
  fakeSsh(`echo "$@" > ${folder}/words; read line; printf '${ANSWER}'`);
  const { path: socket } = await bridge(endpointOf("ssh://me@build"));
  expect(await ask(socket)).toEqual({ NCPU: 3 });
  expect(readFileSync(join(folder, "words"), "utf8")).toBe(
    "-o ConnectTimeout=30 -T -l me -- build docker system dial-stdio\n",
  );
});

test("if ssh fails, the reason is what ssh wrote", async () => {
  fakeSsh("echo 'Permission denied (publickey).' >&2; exit 255");
  const { path: socket, problem } = await bridge(endpointOf("ssh://build"));
  await expect(ask(socket)).rejects.toThrow();
  expect(problem()).toBe("Permission denied (publickey).");
});

test.each([
  ["after it closed the connection", "exec <&- >&-; sleep 0.2; echo 'Permission denied (publickey).' >&2; exit 255"],
  ["after it ended its output and goes on", "echo 'Permission denied (publickey).' >&2; exec >&-; sleep 5"],
  ["and a shared connection keeps its streams open", "sleep 3 & echo 'Permission denied (publickey).' >&2; exit 127"],
])("the last words of ssh are the reason, %s", async (_title, script) => {
  fakeSsh(script);
  const { path: socket, problem } = await bridge(endpointOf("ssh://build"));
  await expect(ask(socket)).rejects.toThrow();
  expect(problem()).toBe("Permission denied (publickey).");
});

test("an answer that still arrives after the end of ssh is complete", async () => {
  const answer = JSON.stringify({ NCPU: 3, names: "x".repeat(100_000) });
  const head = `HTTP/1.1 200 OK\\r\\ncontent-length: ${answer.length}\\r\\nconnection: close\\r\\n\\r\\n`;
  writeFileSync(join(folder, "answer"), answer);
  // A process that ssh leaves behind writes the answer in pieces, for longer than the connection waits for one piece.
  const pieces = `for at in 0 1 2 3; do sleep 0.4; tail -c +$((at * 30000 + 1)) ${folder}/answer | head -c 30000; done`;
  fakeSsh(`read line; printf '${head}'; (${pieces}) & exit 0`);
  const { path: socket } = await bridge(endpointOf("ssh://build"));
  expect(await ask(socket)).toEqual(JSON.parse(answer));
});

test("a missing ssh is the reason of a failure", async () => {
  process.env.PATH = folder;
  const { path: socket, problem } = await bridge(endpointOf("ssh://build"));
  await expect(ask(socket)).rejects.toThrow();
  expect(problem()).toContain("ENOENT");
});

test("a daemon at a port answers as one at a socket, and a closed port is the reason of a failure", async () => {
  const server = createServer((client) =>
    client.once("data", () => client.end(ANSWER.replaceAll("\\r", "\r").replaceAll("\\n", "\n"))),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { path: socket, problem } = await bridge(endpointOf(`tcp://127.0.0.1:${port}`));
  expect(await ask(socket)).toEqual({ NCPU: 3 });
  await new Promise((resolve) => server.close(resolve));
  await expect(ask(socket)).rejects.toThrow();
  expect(problem()).toContain("ECONNREFUSED");
});

test("a client that goes away ends its ssh", async () => {
  // After the client is gone, the next output cannot be passed on.
  fakeSsh(`echo $$ > ${folder}/pid; echo; read line; echo more; exec sleep 600`);
  const { path: socket } = await bridge(endpointOf("ssh://build"));
  const client = connect(socket);
  await once(client, "data");
  const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  client.destroy();
  // Each attempt starts a program, so no sleep is needed.
  for (let attempt = 0; attempt < 500 && startOf(pid) !== undefined; attempt++) {
    await new Promise((resolve) => execFile("true", resolve));
  }
  expect(startOf(pid)).toBeUndefined();
});

test.each([
  ["that verifies, without the file of an authority", true],
  ["that accepts any certificate", false],
])("a TLS connection %s", async (_title, verify) => {
  const connected = jest.spyOn(tls, "connect").mockImplementation(() => {
    throw new Error("no network in this test");
  });
  const none = join(folder, "none.pem");
  const { path: socket, problem } = await bridge(
    endpointOf("tcp://127.0.0.1:1", { verify, ca: none, cert: undefined, key: undefined }),
  );
  await expect(ask(socket)).rejects.toThrow();
  expect(connected).toHaveBeenCalledWith({ host: "127.0.0.1", port: 1, rejectUnauthorized: verify });
  expect(problem()).toContain("no network in this test");
  connected.mockRestore();
});

test("a socket of this machine is used as it is", async () => {
  expect((await bridge(endpointOf("unix:///a/docker.sock"))).path).toBe("/a/docker.sock");
});
