import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import type { Endpoint } from "./endpoint";

/** A unix socket whose connections are passed on to a Docker daemon. */
export interface BridgedSocket {
  readonly path: string;
  /**
   * Returns the latest error of a connection to the daemon, or the latest text from the standard error of `ssh`. Empty
   * if there was no error, or if `path` is the socket of the daemon itself.
   */
  problem(): string;
}

const MOST_ERROR = 2_000;
/** How long to wait for the last output of an `ssh` that has ended, in milliseconds. */
const LAST_WORDS = 1_000;

/**
 * Returns a unix socket that leads to the daemon, so the engine and Compose need no TLS and no ssh. If the daemon
 * itself listens on a unix socket, returns this socket. Otherwise, makes a socket that only this user can use, and
 * removes it at the end of the process.
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
      if (endpoint.kind === "ssh") passOnSsh(client, endpoint.words, note);
      else passOn(client, dial(endpoint), note);
    } catch (error) {
      // The connection failed, for example because a TLS file cannot be read.
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

/** Passes all bytes from the client to the daemon, and from the daemon to the client. */
function passOn(client: Socket, daemon: Socket, note: (text: string) => void): void {
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

function dial({ host, port, tls }: Extract<Endpoint, { kind: "tcp" }>): Socket {
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

/**
 * Connects the client with `docker system dial-stdio` on the other machine. If `ssh` ends its output without an answer,
 * the client waits for up to `LAST_WORDS`. During this time, `note` receives the error text of `ssh`.
 */
function passOnSsh(client: Socket, words: readonly string[], note: (text: string) => void): void {
  const child = spawn("ssh", words, { stdio: ["pipe", "pipe", "pipe"], env: process.env });
  let errors = "";
  let answered = false;
  let isReceiving = false;
  /**
   * Closes the connection after `LAST_WORDS` without new bytes from `ssh`, but not before a slow client has caught up.
   */
  const closeLater = (): void => {
    setTimeout(() => {
      const goesOn = isReceiving || client.writableNeedDrain;
      isReceiving = false;
      if (goesOn) closeLater();
      else client.destroySoon();
    }, LAST_WORDS).unref();
  };
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors = (errors + chunk).slice(-MOST_ERROR);
    note(errors);
  });
  client.pipe(child.stdin);
  child.stdout.on("data", () => {
    answered = true;
    isReceiving = true;
  });
  child.stdout.pipe(client, { end: false });
  child.stdout.once("end", () => (answered ? client.end() : closeLater()));
  // Writing fails if `ssh` has ended. This needs no handling here: the last output and the event `exit` follow.
  child.stdin.on("error", () => undefined);
  client.on("error", () => client.destroy());
  client.on("close", () => {
    child.kill();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  });
  child.on("error", (error) => {
    note(error.message);
    client.destroy();
  });
  child.on("close", () => client.destroySoon());
  // A shared connection of ssh (ControlPersist) goes on in the background, and keeps the child's streams open after the
  // child has ended. There is no event `close` in this case.
  child.on("exit", closeLater);
}
