import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import type { ExecutionOutputs } from "../run/record";
import { keysIn, parseFileName, provesStart } from "../run/start-key";

/**
 * The run of a recorded start that got no clear answer, by its whole key with its tag: nothing less proves that it is this one. Looks into
 * the list and the newest page of the history, each once; a call that fails shows nothing.
 */
export async function findUnclear(
  reads: Pick<LyceumPort, "listActive" | "history">,
  { startKey }: Pick<ExecutionOutputs, "startKey">,
): Promise<ExecutionSummary | undefined> {
  const key = parseFileName(startKey);
  if (key === undefined) return undefined;
  const calls = [() => reads.listActive(), () => reads.history({ limit: API_LIMITS.historyPage, offset: 0 })];
  for (const call of calls) {
    const { executions } = await call().catch(() => ({ executions: [] }));
    const found = executions.find(({ fileName }) => keysIn(fileName).some((carried) => provesStart(carried, key)));
    if (found !== undefined) return found;
  }
  return undefined;
}
