// @ts-check
import { once } from "node:events";
import { createServer } from "node:http";

/** A black L on white, 64 × 64. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAHUlEQVR42mP4DwUMdGEc4B9lIDEYGJhpw6BbnAIAXzC6VJcX428AAAAASUVORK5CYII=";

/**
 * Serves a logo on this machine while `use` runs. The generator for .NET downloads one for the NuGet package, without a `logoUrl` in the
 * schema Pulumi's own: with this URL it needs no network, and the package carries no logo of somebody else.
 * @template T
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withLogo(use) {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from(PNG, "base64"));
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
