import { once } from "node:events";
import { createServer } from "node:net";

/**
 * The range from which a port is chosen. The system gives these ports neither to connections nor to servers that take
 * any port.
 */
const [FIRST, COUNT] = [20_000, 10_000];

/** A free port of this machine. Only a process that names this port will use it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
