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
    if (isRefusal(error) || isForbidden(error)) throw error;
    return (await older(client, executionId, options)) ?? { kind: "unreachable", error };
  }
}

async function older(
  client: Pick<LyceumPort, "record" | "olderStatus">,
  executionId: string,
  options: CallOptions,
): Promise<Observation | undefined> {
  try {
    const found = await client.olderStatus(executionId, options);
    return found.kind === "found" ? { kind: "status", status: found.value.status } : undefined;
  } catch {
    // The fallback has no say of its own: what the record's failure says stands.
    return undefined;
  }
}

/** Whether the service refused the credential itself: no call will fare better, so every wait ends. */
export function isRefusal(error: unknown): error is LyceumError {
  return LyceumError.isInstance(error) && error.status === 401;
}

/** Whether this run may not be read with this credential: only its own wait ends. */
export function isForbidden(error: unknown): error is LyceumError {
  return LyceumError.isInstance(error) && error.status === 403;
}
