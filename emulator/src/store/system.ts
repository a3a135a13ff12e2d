import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readlinkSync } from "node:fs";

/** The value of {@link bootHere} if the system does not show when the machine started. */
export const UNKNOWN_BOOT = "unknown";

/**
 * Returns the time at which a process started, in the unit of the system. Undefined if the process has ended or does
 * not exist. Empty if the system does not show the time.
 */
export function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  // On a system with `/proc`, this function never calls `ps`, because `ps` shows the time in another unit.
  if (!existsSync("/proc/self/stat")) return startByPs(pid);
  const stat = textOf(`/proc/${pid}/stat`);
  // In `/proc/PID/stat`, the second field is the name of the program, in parentheses. This name may contain spaces and
  // parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? undefined : (fields[19] ?? "");
}

/** Returns the time at which a process started, for a system without `/proc`. Empty if `ps` does not show the time. */
export function startByPs(pid: number): string {
  const started = answerOf("ps", "-o", "lstart=", "-p", String(pid));
  return started === "" ? "" : short(started);
}

/** Returns a word that changes when the machine starts again. */
export function bootHere(): string {
  const boot = textOf("/proc/sys/kernel/random/boot_id") || answerOf("sysctl", "-n", "kern.bootsessionuuid");
  return boot === "" ? UNKNOWN_BOOT : short(boot);
}

/** Returns the id of the machine. Empty if the machine has no id, as in most containers. */
export function machineId(): string {
  const id = textOf("/etc/machine-id");
  // macOS does not have this file. There, `ioreg` shows the id of the machine.
  return (
    id || (/"IOPlatformUUID" = "([^"]+)"/.exec(answerOf("ioreg", "-rd1", "-c", "IOPlatformExpertDevice"))?.[1] ?? "")
  );
}

/** Returns the namespace of process ids to which this process belongs. `0` if the system has no namespaces. */
export function namespaceHere(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}

/** Returns a short hash of a text. */
export function short(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/**
 * Returns the output of a command. Empty if the command fails. The output does not depend on the user's time zone and
 * language. The command is found even if PATH lacks the system's folders.
 */
export function answerOf(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5_000,
      env: { ...process.env, TZ: "UTC0", LC_ALL: "C", PATH: `${process.env.PATH || "/usr/bin:/bin"}:/usr/sbin:/sbin` },
    }).trim();
  } catch {
    return "";
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
