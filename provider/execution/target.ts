import type { LyceumPort } from "../lyceum/port";
import { lifecycleErrors } from "./errors";
import type { ExecutionOutputs } from "./outputs";

/** Throws when a run recorded at one base URL or organisation would be acted on at another. */
export function sameTarget(recorded: ExecutionOutputs, client: Pick<LyceumPort, "baseUrl" | "organisation">): void {
  // A damaged state that does not say where the run lives is acted on nowhere.
  const sameUrl = recorded.baseUrl === client.baseUrl;
  const sameOrganisation =
    recorded.organisation === undefined ||
    client.organisation === undefined ||
    recorded.organisation === client.organisation;
  // An emulator's id says so: it is never looked up anywhere but on this machine.
  const localElsewhere = recorded.executionId.startsWith("local-") && !isLoopback(client.baseUrl);
  if (sameUrl && sameOrganisation && !localElsewhere) return;
  const name = (url: string, organisation: string | undefined) =>
    organisation === undefined ? url : `${url} (organisation ${organisation})`;
  throw lifecycleErrors.wrongTarget(
    recorded.executionId,
    recorded.baseUrl === "" ? "no base URL" : name(recorded.baseUrl, recorded.organisation),
    name(client.baseUrl, client.organisation),
  );
}

function isLoopback(baseUrl: string): boolean {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}
