import { mayBeEmulator } from "../../lyceum/configuration/base-url";
import type { Lookup, LyceumPort } from "../../lyceum/port";
import { isUnclear } from "../../schema/run-id";
import { lifecycleErrors } from "./errors";
import { isOver } from "./record/ended";
import type { ExecutionOutputs } from "./record/record";

/** Whether the configuration has the base URL and organization of the run. */
export function isSameTarget(
  recorded: ExecutionOutputs,
  client: Pick<LyceumPort, "baseUrl" | "organisation">,
): boolean {
  try {
    sameTarget(recorded, client);
    return true;
  } catch {
    return false;
  }
}

/** Throws if the configuration has another base URL or organization than the run. */
export function sameTarget(recorded: ExecutionOutputs, client: Pick<LyceumPort, "baseUrl" | "organisation">): void {
  // If a damaged state lacks the base URL, `recorded.baseUrl` is empty, and this function throws.
  const sameUrl = recorded.baseUrl === client.baseUrl;
  const sameOrganisation =
    recorded.organisation === undefined ||
    client.organisation === undefined ||
    recorded.organisation === client.organisation;
  if (sameUrl && sameOrganisation) {
    notElsewhere(recorded.executionId, client);
    return;
  }
  const name = (url: string, organisation: string | undefined) =>
    organisation === undefined ? url : `${url} (organization ${organisation})`;
  throw lifecycleErrors.wrongTarget(
    isUnclear(recorded) ? `The start with the key ${recorded.startKey}` : `Run ${recorded.executionId}`,
    recorded.baseUrl === "" ? "no base URL" : name(recorded.baseUrl, recorded.organisation),
    name(client.baseUrl, client.organisation),
  );
}

/** Throws if the run's id begins with `local-`, as in an emulator, and no emulator can be at the base URL. */
export function notElsewhere(executionId: string, client: Pick<LyceumPort, "baseUrl">): void {
  if (executionId.startsWith("local-") && !mayBeEmulator(client.baseUrl)) {
    throw lifecycleErrors.localElsewhere(executionId, client.baseUrl);
  }
}

/**
 * Returns a warning if the last run was at another base URL, such as an emulator's, and the new run may be billed. If
 * the last run has not ended, returns undefined, because an error then reports the other base URL.
 */
export function movedWarning(recorded: ExecutionOutputs, client: Pick<LyceumPort, "baseUrl">): string | undefined {
  const { executionId, baseUrl } = recorded;
  if (!isOver(recorded) || baseUrl === "" || baseUrl === client.baseUrl || mayBeEmulator(client.baseUrl))
    return undefined;
  return `The new run starts at ${client.baseUrl}, where it may be billed. Run ${executionId} was at ${baseUrl}. To stay there, set LYCEUM_BASE_URL and LYCEUM_API_KEY${mayBeEmulator(baseUrl) ? ", which `npx pulumi-lyceum emulator --env` prints for an emulator" : " of that service"}.`;
}

/** Reads a run at Lyceum. Throws if Lyceum does not know the run. */
export async function lookUpRun<Shown>(
  client: Pick<LyceumPort, "baseUrl">,
  executionId: string,
  read: () => Promise<Lookup<Shown>>,
): Promise<Shown> {
  notElsewhere(executionId, client);
  const found = await read();
  if (found.kind === "missing") throw lifecycleErrors.unknownId(executionId);
  return found.value;
}
