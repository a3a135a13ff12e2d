import { connect, createServer, type Server, type Socket } from "node:net";

/** A socket that passes everything on to the daemon until the test closes it. `path` is the path of the socket. */
export async function proxyOfDaemon(
  path: string,
): Promise<{ readonly host: string; close(): Promise<void>; open(): Promise<void> }> {
  const real = (process.env.LYCEUM_TEST_DOCKER_HOST || "unix:///var/run/docker.sock").replace("unix://", "");
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const open = async (): Promise<void> => {
    server = createServer((client) => {
      const daemon = connect(real);
      for (const [from, to] of [
        [client, daemon],
        [daemon, client],
      ] as const) {
        sockets.add(from);
        from.pipe(to).on("error", () => from.destroy());
        from.on("close", () => {
          sockets.delete(from);
          to.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server?.listen(path, resolve));
  };
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server?.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  return { host: `unix://${path}`, close, open };
}
