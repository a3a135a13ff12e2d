import { isLoopback } from "../../lyceum/configuration/base-url";
import type { Lookup, LyceumPort } from "../../lyceum/port";
import { isUnclear } from "../../schema/run-id";
import { lifecycleErrors } from "./errors";
import type { ExecutionOutputs } from "./record";

/** Whether a run is recorded at the base URL and organisation that the configuration names. */
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

/** Throws when a run recorded at one base URL or organisation would be acted on at another. */
export function sameTarget(recorded: ExecutionOutputs, client: Pick<LyceumPort, "baseUrl" | "organisation">): void {
  // A damaged state that does not say where the run lives is acted on nowhere.
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

/** Throws when a run of an emulator would be looked for anywhere but on this machine: its id says what it is. */
export function notElsewhere(executionId: string, client: Pick<LyceumPort, "baseUrl">): void {
  if (executionId.startsWith("local-") && !isLoopback(client.baseUrl)) {
    throw lifecycleErrors.localElsewhere(executionId, client.baseUrl);
  }
}

/** What the service shows of one run. A run that it does not know is an error, and so is a service that cannot be asked. */
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
