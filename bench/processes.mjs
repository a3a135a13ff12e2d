// @ts-check
import { readdirSync, readFileSync } from "node:fs";

/** Of `/proc/PID/stat` on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU seconds that a process has used up to now.
 * @param {number} pid
 * @returns {number | undefined} undefined: it is gone, or there is no `/proc`
 */
export function cpuSecondsOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = fieldsOf(stat);
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/**
 * CPU seconds of all programs that this process has started and that have ended, with what those have waited for.
 * @returns {number} NaN where there is no `/proc`
 */
export function endedChildrenCpuSeconds() {
  const fields = fieldsOf(read("/proc/self/stat") ?? "");
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

/**
 * The process that serves the dynamic resources of a CLI.
 * @param {number} ancestor
 * @returns {number | undefined}
 */
export function dynamicProvider(ancestor) {
  const parents = new Map(
    readdirSync("/proc").flatMap((name) => {
      const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : undefined;
      return stat === undefined ? [] : [/** @type {const} */ ([Number(name), Number(fieldsOf(stat)[1])])];
    }),
  );
  const descends = (/** @type {number | undefined} */ pid) => {
    while (pid !== undefined && pid !== ancestor) pid = parents.get(pid);
    return pid === ancestor;
  };
  return [...parents.keys()].find(
    (pid) => /node\0.*cmd\/dynamic-provider/.test(read(`/proc/${pid}/cmdline`) ?? "") && descends(pid),
  );
}

/**
 * From the third field of `stat` on: the name in brackets before it may hold blanks.
 * @param {string} stat
 */
function fieldsOf(stat) {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
