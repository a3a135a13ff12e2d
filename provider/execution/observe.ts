import { LyceumError } from "../lyceum/errors";
import type { CallOptions, LyceumPort } from "../lyceum/port";
import type { Observation } from "./poller";

/**
 * Looks at one run: its record, and the older status read where the record fails or answers 404. Only a refused
 * credential is thrown; every other failure is an observation too.
 */
export async function observe(
  client: Pick<LyceumPort, "record" | "olderStatus">,
  executionId: string,
  options: CallOptions = {},
): Promise<Observation> {
  try {
    const found = await client.record(executionId, options);
    if (found.kind === "found") return { kind: "status", status: found.value.status, seen: found.value };
    return (await older(client, executionId, options)) ?? { kind: "missing" };
  } catch (error) {
    if (isRefusal(error)) throw error;
    return (await older(client, executionId, options)) ?? { kind: "unreachable", error };
  }
}

async function older(
  client: Pick<LyceumPort, "olderStatus">,
  executionId: string,
  options: CallOptions,
): Promise<Observation | undefined> {
  try {
    const found = await client.olderStatus(executionId, options);
    return found.kind === "found" ? { kind: "status", status: found.value.status } : undefined;
  } catch (error) {
    if (isRefusal(error)) throw error;
    // The fallback has no other say of its own: what the record's failure says stands.
    return undefined;
  }
}

/** Whether the service refused the credential: no call will fare better, so a wait ends. */
export function isRefusal(error: unknown): error is LyceumError {
  return LyceumError.isInstance(error) && (error.status === 401 || error.status === 403);
}
