// @ts-check
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { ROOT } from "../project.mjs";

/**
 * Serves the logo on this machine while `use` runs. The generator for .NET downloads the one of the schema for the NuGet package: with
 * this URL it needs no network.
 * @template T
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withLogo(use) {
  const png = await readFile(join(ROOT, "docs", "logo.png"));
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "image/png" }).end(png);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server of the logo has no port.");
    return await use(`http://127.0.0.1:${address.port}/logo.png`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
