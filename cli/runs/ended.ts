import type { LyceumClient } from "../../provider/lyceum/client";
import type { ExecutionRecord } from "../../provider/lyceum/port";
import { classifyStatus, hasEnded, isEndKind } from "../../provider/lyceum/status";

/**
 * Whether a run has ended. Where only an exit code and an end time say so, and the status does not, the list of active runs decides:
 * a record may hold them too early.
 */
export async function isOver(
  client: Pick<LyceumClient, "listActive">,
  executionId: string,
  record: ExecutionRecord,
  signal: AbortSignal,
): Promise<boolean> {
  if (isEndKind(classifyStatus(record.status))) return true;
  if (!hasEnded(record)) return false;
  const active = await client.listActive({ signal }).catch((): undefined => undefined);
  return !(active?.executions.some((run) => run.executionId === executionId) ?? false);
}
