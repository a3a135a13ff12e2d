import type { ExecutionSummary } from "../../lyceum/port";
import type { ExecutionOutputs } from "../run/record";
import { formatStartKey, isOfStart, keysIn, parseFileName, type StartKey } from "../run/start-key";

/**
 * Which runs a process knows: by their ids, and by their start keys. A service may show an id in another form in a list than in the answer
 * to the start (other case, with and without a prefix); the key with its tag is the same in both. Where one list shows a second run next
 * to the one whose id is known, somebody in between has repeated the request: the second one is another run.
 */
export function createKnownRuns() {
  const ids = new Set<string>();
  const keys = new Map<string, Set<string>>();
  /** By key, the ids of runs that one list has shown under the same name. */
  const sameName = new Map<string, Set<string>>();
  /** Runs of older versions, whose keys have no tag. */
  const untagged: { readonly id: string; readonly key: StartKey }[] = [];

  function isKnownKey(id: string, key: string): boolean {
    const known = [...(keys.get(key) ?? [])];
    const shown = sameName.get(key);
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
      // A start without a clear answer is recorded without an id: its run is still to be found.
      if (id === "") return;
      ids.add(id);
      const key = parseFileName(startKey);
      if (key === undefined) return;
      if (key.tag === undefined) untagged.push({ id, key });
      else entryOf(keys, formatStartKey(key)).add(id);
    },
    /** Whether a run is known by its id, in whatever case and with or without a prefix: a key alone may be that of a second run. */
    hasId({ executionId: id, fileName }: Pick<ExecutionSummary, "executionId" | "fileName">): boolean {
      const isForm = (key: string) => [...(keys.get(key) ?? [])].some((own) => isSameId(own, id));
      return ids.has(id) || keysIn(fileName).some((key) => isForm(formatStartKey(key)) || isUntagged(id, key));
    },
    /** Notes what a list, or a page of the history, shows. */
    shows(executions: readonly ExecutionSummary[]): void {
      const idOf = new Map<string, string>();
      for (const { executionId, fileName = "" } of executions) {
        const other = idOf.get(fileName) ?? executionId;
        idOf.set(fileName, other);
        if (other === executionId) continue;
        for (const key of keysIn(fileName))
          if (key.tag !== undefined) entryOf(sameName, formatStartKey(key)).add(other).add(executionId);
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

/** So many letters of an id are enough to tell runs apart. */
const SHORTEST = 6;

/** Whether two ids can be two forms of one: they differ in case and separators, or one has a prefix. */
export function isSameId(left: string, right: string): boolean {
  const [short = "", long = ""] = [left, right].map(bare).sort((one, other) => one.length - other.length);
  return short === long || (short.length >= SHORTEST && long.endsWith(short));
}

function bare(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]/g, "");
}
