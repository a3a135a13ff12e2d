import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import { bridge } from "./bridge";
import { DockerApi } from "./docker-api";
import { endpointOf } from "./endpoint";

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{"NCPU":3}';

let folder = "";
let server: Server;
const pem = (name: string): string => join(folder, `${name}.pem`);
const key = (name: string): string => join(folder, `${name}.key`);

/** Makes a key and a certificate that is its own authority. Node cannot make certificates. */
function certify(name: string): void {
  const words =
    "req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -addext subjectAltName=IP:127.0.0.1";
  const files = ["-subj", `/CN=${name}`, "-keyout", key(name), "-out", pem(name)];
  execFileSync("openssl", [...words.split(" "), ...files], { stdio: "pipe" });
}

// Node cannot make certificates, so these tests are skipped without openssl. CI installs openssl, and a skipped test
// is a failure there.
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const test_ = hasOpenssl ? test : test.skip;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bridge-tls-"));
  if (!hasOpenssl) return;
  for (const name of ["daemon", "client", "stranger"]) certify(name);
  // A daemon with `--tlsverify`: it answers only clients whose certificate it knows.
  server = createServer(
    {
      cert: readFileSync(pem("daemon")),
      key: readFileSync(key("daemon")),
      ca: readFileSync(pem("client")),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (client) => client.once("data", () => client.end(ANSWER)),
  );
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  if (hasOpenssl) await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

interface Row {
  readonly verify: boolean;
  readonly host?: string;
  readonly ca?: string;
  readonly client?: string;
  /** A part of the reason for which no answer comes. Absent if the daemon answers. */
  readonly problem?: RegExp;
}

test_.each<[string, Row]>([
  ["with both certificates is used", { verify: true, ca: "daemon", client: "client" }],
  ["without verification is used", { verify: false, client: "client" }],
  ["of another authority is refused", { verify: true, ca: "stranger", client: "client", problem: /self-signed/ }],
  [
    "of an authority that this machine does not know is refused",
    { verify: true, client: "client", problem: /self-signed/ },
  ],
  [
    "with another name is refused",
    { verify: true, host: "localhost", ca: "daemon", client: "client", problem: /altnames/ },
  ],
  [
    "refuses a client without a certificate",
    { verify: true, ca: "daemon", problem: /certificate required|ECONNRESET/ },
  ],
  // A server in Node closes this connection without a reason.
  ["refuses a client that it does not know", { verify: true, ca: "daemon", client: "stranger", problem: /^$/ }],
])("a daemon with TLS %s", async (_title, { verify, host = "127.0.0.1", ca, client, problem }) => {
  const { port } = server.address() as AddressInfo;
  const tls = { verify, ca: ca && pem(ca), cert: client && pem(client), key: client && key(client) };
  const daemon = await bridge(endpointOf(`tcp://${host}:${port}`, tls));
  const answer = new DockerApi(daemon.path).call("GET", "/info");
  if (problem === undefined) expect(await answer).toEqual({ NCPU: 3 });
  else {
    await expect(answer).rejects.toThrow();
    expect(daemon.problem()).toMatch(problem);
  }
});
