import { createLyceumClient } from "../lyceum/client";
import { configurationFileUnder, loadConfiguration } from "../lyceum/configuration-file";
import type { Prices } from "../policy";

/** What an hour of each machine costs. A preview needs no API key, and a service may give no prices: then they are not known. */
export async function readPrices(signal: AbortSignal): Promise<Prices> {
  const loaded = loadConfiguration({ environment: process.env, stack: {} }, configurationFileUnder());
  if (loaded.kind === "errors") return undefined;
  const client = createLyceumClient(loaded.configuration);
  try {
    const machines = await client.machineTypes({ signal });
    return new Map(
      machines.flatMap(({ hardwareProfile, pricePerHour }) =>
        pricePerHour === undefined ? [] : [[hardwareProfile, pricePerHour] as const],
      ),
    );
  } catch {
    return undefined;
  } finally {
    await client.close();
  }
}
