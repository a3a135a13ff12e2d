import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessFacts } from "./lock";

/** Ticks of the kernel in a second, as `/proc` counts them: the same on every Linux that Node runs on. */
const TICKS = 100;

/** What `/proc/self/ns/pid` names in the first namespace of a machine; the kernel fixes the number (`PROC_PID_INIT_INO`). */
const FIRST_NAMESPACE = "pid:[4026531836]";

/** The processes of this machine. */
export function thisMachine(): ProcessFacts {
  return { host: hostname(), seesAll: isFirstNamespace(), begun: begunAt };
}

/** A clock that was set forward makes every process appear to have begun later: one that is Pulumi counts as alive. */
function begunAt(pid: number): number | "dead" | "alive" {
  if (!isAlive(pid) || hasExited(pid)) return "dead";
  return isPulumi(pid) ? "alive" : (beginOf(pid) ?? "alive");
}

function isPulumi(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("pulumi");
  } catch {
    return false;
  }
}

function isFirstNamespace(): boolean {
  try {
    return readlinkSync("/proc/self/ns/pid") === FIRST_NAMESPACE;
  } catch {
    // Without `/proc` there are no namespaces.
    return true;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of another user may not be signalled, and lives.
    return (error as { code?: unknown }).code !== "ESRCH";
  }
}

/** Whether a process has ended, and nobody has asked for its exit code yet: after a kill that is so until its new parent does. */
function hasExited(pid: number): boolean {
  return /^[ZX]/.test(statOf(pid)?.[0] ?? "");
}

/** The fields of `/proc/PID/stat` behind the name; undefined where there is no `/proc`. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold blanks and brackets; the fields begin after the last one.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** When a process began, in milliseconds since the epoch; undefined where there is no `/proc`. */
function beginOf(pid: number): number | undefined {
  try {
    const ticks = Number(statOf(pid)?.[19]);
    const [, boot] = /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8")) ?? [];
    const begun = (Number(boot) + ticks / TICKS) * 1000;
    return Number.isFinite(begun) ? begun : undefined;
  } catch {
    return undefined;
  }
}
