import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { Endpoint } from "./endpoint";

/** A unix socket that leads to a daemon. */
export interface BridgedSocket {
  readonly path: string;
  /** Returns why the last connection failed. Empty if none failed. */
  problem(): string;
}

const MOST_ERROR = 2_000;

/**
 * Returns a unix socket for a daemon anywhere. The engine and Compose both use a unix socket, so neither needs to know
 * TLS or ssh. Only this user can connect to the socket. It is removed at the end of the process.
 */
export async function bridge(endpoint: Endpoint): Promise<BridgedSocket> {
  if (endpoint.kind === "unix") return { path: endpoint.path, problem: () => "" };
  let problem = "";
  const note = (text: string): void => {
    problem = text.trim().slice(-MOST_ERROR);
  };
  const folder = mkdtempSync(join(tmpdir(), "lyceum-docker-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "docker.sock");
  const server = createServer({ allowHalfOpen: true }, (client) => {
    try {
      passOn(client, dial(endpoint, note), note);
    } catch (error) {
      // For example, a file of TLS cannot be read.
      note(String(error));
      client.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(path, resolve);
  });
  server.unref();
  return { path, problem: () => problem };
}

/** Passes on everything in both directions. */
function passOn(client: Socket, daemon: Duplex, note: (text: string) => void): void {
  client.pipe(daemon);
  daemon.pipe(client);
  client.on("error", () => daemon.destroy());
  client.on("close", () => daemon.destroy());
  daemon.on("close", () => client.destroy());
  daemon.on("error", (error: Error) => {
    note(error.message);
    client.destroy();
  });
}

function dial(endpoint: Exclude<Endpoint, { kind: "unix" }>, note: (text: string) => void): Duplex {
  if (endpoint.kind === "ssh") return dialSsh(endpoint.words, note);
  const { host, port, tls } = endpoint;
  if (tls === undefined) return connect({ host, port, allowHalfOpen: true });
  const read = (file: string | undefined) => (file !== undefined && existsSync(file) ? readFileSync(file) : undefined);
  const { ca, cert, key } = { ca: read(tls.ca), cert: read(tls.cert), key: read(tls.key) };
  return connectTls({
    host,
    port,
    rejectUnauthorized: tls.verify,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  });
}

/** Connects through `docker system dial-stdio` on the other machine, as docker does. */
function dialSsh(words: readonly string[], note: (text: string) => void): Duplex {
  const child = spawn("ssh", words, { stdio: ["pipe", "pipe", "pipe"], env: process.env });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors = (errors + chunk).slice(-MOST_ERROR);
    note(errors);
  });
  const both = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.on("error", (error) => both.destroy(error));
  both.on("close", () => child.kill());
  return both;
}
