import type { ExecutionSummary } from "../../lyceum/port";
import type { ExecutionOutputs } from "../state/record";
import { formatStartKey, isOfStart, keysIn, parseFileName, type StartKey } from "./start-key";

/**
 * Which runs a process knows: by their ids, and by their start keys. A service may show an id in another form in a list than in the answer
 * to the start (other case, with and without a prefix); the key with its tag is the same in both.
 */
export function createKnownRuns() {
  const ids = new Set<string>();
  const keys = new Set<string>();
  /** Runs of older versions, whose keys have no tag. */
  const untagged: { readonly id: string; readonly key: StartKey }[] = [];

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
      else keys.add(formatStartKey(key));
    },
    has({ executionId: id, fileName }: Pick<ExecutionSummary, "executionId" | "fileName">): boolean {
      if (ids.has(id)) return true;
      return keysIn(fileName).some((key) => keys.has(formatStartKey(key)) || isUntagged(id, key));
    },
  };
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
