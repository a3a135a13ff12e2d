import { once } from "node:events";
import { createServer } from "node:net";

/** The ports from which one is chosen. The system gives them to no connection and to no server that takes any port. */
const [FIRST, COUNT] = [20_000, 10_000];

/** A port of this machine that nobody uses now, and that only a process that names it will use. */
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
