import { createLyceumClient } from "../../../provider/lyceum/client";
import { configurationFileUnder, loadConfiguration } from "../../../provider/lyceum/configuration/configuration-file";
import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { type StackIdentity, type UnrecordedRuns, unrecordedRuns } from "../../../provider/reads";
import { type OpenStack, stackSettingsOf } from "./stack";

/**
 * Finds the runs of a stack that are not in the stack's state. Changes nothing. If the runs cannot be listed, `gap` has
 * the reason.
 */
export type FindUnrecorded = (stack: StackIdentity) => Promise<UnrecordedRuns>;

/**
 * Returns the function that finds the runs of a stack that are not in its state. The function uses the settings of the
 * environment and of the stack, as the provider does.
 */
export function findUnrecordedOf(open: Pick<OpenStack, "stack">): FindUnrecorded {
  return async (identity) => {
    const settings = { environment: process.env, stack: await stackSettingsOf(open) };
    const loaded = loadConfiguration(settings, configurationFileUnder());
    if (loaded.kind === "errors") return { runs: [], gap: loaded.errors.map(String).join(" ") };
    const client = createLyceumClient(loaded.configuration);
    try {
      return await unrecordedRuns(client, DEFAULT_PORTS, identity, process.env);
    } finally {
      await client.close();
    }
  };
}
