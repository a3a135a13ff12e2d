import type { ExecutionSummary } from "../../lyceum/port";
import { formatStartKey, isOfStart, keysIn, parseFileName, type StartKey } from "../run/identity/start-key";
import type { ExecutionOutputs } from "../run/record/record";

/**
 * Makes the collection of the runs that a process knows, by id and by start key. A list may show the same run with
 * another id than the answer to the start (`run-4F2A9C` and `4f2a9c`). The start key with its tag is then the same. But
 * if a list shows the key twice, and one of the two runs has the known id, the run with the other id is a second run.
 */
export function createKnownRuns() {
  const ids = new Set<string>();
  const keys = new Map<string, Set<string>>();
  /** The start keys that several runs of the same list have, each with the ids of these runs. */
  const sameKey = new Map<string, Set<string>>();
  /** Runs that older versions started. The start keys of these runs have no tag. */
  const untagged: { readonly id: string; readonly key: StartKey }[] = [];

  function isKnownKey(id: string, key: string): boolean {
    const known = [...(keys.get(key) ?? [])];
    const shown = sameKey.get(key);
    return known.length > 0 && !(shown?.has(id) === true && known.some((own) => shown.has(own)));
  }

  function isUntagged(id: string, found: StartKey): boolean {
    return untagged.some((run) => isOfStart(found, run.key) && isSameId(run.id, id));
  }

  return {
    add({
      executionId: id,
      startKey,
    }: Pick<ExecutionOutputs, "executionId"> & Partial<Pick<ExecutionOutputs, "startKey">>): void {
      // A start without a clear answer is recorded without a run id.
      if (id === "") return;
      ids.add(id);
      const key = parseFileName(startKey);
      if (key === undefined) return;
      if (key.tag === undefined) untagged.push({ id, key });
      else entryOf(keys, formatStartKey(key)).add(id);
    },
    /**
     * Whether the process knows this run. Lyceum may show one id in several forms, so the ids are compared with
     * `isSameId`. The same start key alone does not prove that it is the same run.
     */
    hasId({ executionId: id, fileName }: Pick<ExecutionSummary, "executionId" | "fileName">): boolean {
      const isForm = (key: string) => [...(keys.get(key) ?? [])].some((own) => isSameId(own, id));
      return ids.has(id) || keysIn(fileName).some((key) => isForm(formatStartKey(key)) || isUntagged(id, key));
    },
    /**
     * Takes the runs of a list, or of a page of the history. Remembers each start key that several of these runs have.
     */
    shows(executions: readonly ExecutionSummary[]): void {
      const idOf = new Map<string, string>();
      for (const { executionId, fileName = "" } of executions) {
        const other = idOf.get(fileName) ?? executionId;
        idOf.set(fileName, other);
        if (other === executionId) continue;
        for (const key of keysIn(fileName))
          if (key.tag !== undefined) entryOf(sameKey, formatStartKey(key)).add(other).add(executionId);
      }
    },
    has({ executionId: id, fileName }: Pick<ExecutionSummary, "executionId" | "fileName">): boolean {
      if (ids.has(id)) return true;
      return keysIn(fileName).some((key) => isKnownKey(id, formatStartKey(key)) || isUntagged(id, key));
    },
  };
}

function entryOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const entry = sets.get(key) ?? new Set();
  sets.set(key, entry);
  return entry;
}

/** Ids of different length can belong to one run only if the shorter id has at least this many characters. */
const SHORTEST = 6;

/** Whether two ids differ only in case, separators or a prefix, so that they can belong to one run. */
export function isSameId(left: string, right: string): boolean {
  const [short = "", long = ""] = [left, right].map(bare).sort((one, other) => one.length - other.length);
  return short === long || (short.length >= SHORTEST && long.endsWith(short));
}

function bare(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]/g, "");
}
