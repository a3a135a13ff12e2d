import { createLyceumClient } from "../lyceum/client";
import type { StackSettings } from "../lyceum/configuration/configuration";
import { configurationFileUnder, loadConfiguration } from "../lyceum/configuration/configuration-file";
import type { LyceumPort } from "../lyceum/port";

/**
 * Makes a query with a new client. Undefined if the configuration is not valid, for example without an API key, or if
 * the query fails.
 *
 * @param stack settings of a stack, for the configuration of the client
 */
export async function withOwnClient<Result>(
  query: (client: LyceumPort) => Promise<Result>,
  stack: StackSettings = {},
): Promise<Result | undefined> {
  const loaded = loadConfiguration({ environment: process.env, stack }, configurationFileUnder());
  if (loaded.kind === "errors") return undefined;
  const client = createLyceumClient(loaded.configuration);
  try {
    return await query(client);
  } catch {
    return undefined;
  } finally {
    await client.close();
  }
}
