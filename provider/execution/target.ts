import type { LyceumPort } from "../lyceum/port";
import { lifecycleErrors } from "./errors";
import type { ExecutionOutputs } from "./outputs";

/** Throws when a run recorded at one base URL or organisation would be acted on at another. */
export function sameTarget(recorded: ExecutionOutputs, client: Pick<LyceumPort, "baseUrl" | "organisation">): void {
  const sameUrl = recorded.baseUrl === "" || recorded.baseUrl === client.baseUrl;
  const sameOrganisation =
    recorded.organisation === undefined ||
    client.organisation === undefined ||
    recorded.organisation === client.organisation;
  if (sameUrl && sameOrganisation) return;
  const name = (url: string, organisation: string | undefined) =>
    organisation === undefined ? url : `${url} (organisation ${organisation})`;
  throw lifecycleErrors.wrongTarget(
    recorded.executionId,
    name(recorded.baseUrl, recorded.organisation),
    name(client.baseUrl, client.organisation),
  );
}
