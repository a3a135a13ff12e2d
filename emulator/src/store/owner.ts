import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process of a user on a machine. The time of its start distinguishes it from a later process with the same id. */
export interface Owner {
  readonly user: string;
  readonly machine: string;
  /** Changes when the machine starts again. */
  readonly boot: string;
  /** The namespace of the process id. Containers have namespaces of their own. */
  readonly namespace: string;
  readonly pid: number;
  /** The time of the start, in the system's own unit. Empty if the system does not show it. */
  readonly started: string;
}

/** `foreign`: another user, machine or container has the process, and nobody here knows whether it still runs. */
export type OwnerState = "alive" | "ended" | "foreign";

/** The part of the machine that {@link ownerState} needs. */
export interface Processes {
  readonly own: Owner;
  /** Returns the time at which a process started. Undefined if there is no such process. */
  startOf(pid: number): string | undefined;
}

/** Decides whether a process still runs. */
export function ownerState(owner: Owner, { own, startOf }: Processes): OwnerState {
  if (owner.user !== own.user || owner.machine !== own.machine) return "foreign";
  if (owner.boot !== own.boot) return "ended";
  if (owner.namespace !== own.namespace) return "foreign";
  const started = startOf(owner.pid);
  if (started === undefined) return "ended";
  return started === owner.started || started === "" || owner.started === "" ? "alive" : "ended";
}

/** Returns a text for a label or a file. */
export function ownerText({ user, machine, boot, namespace, pid, started }: Owner): string {
  return [user, machine, boot, namespace, pid, started].join(":");
}

/** Reads a text of {@link ownerText}. Undefined if the text is something else. */
export function parseOwner(text: string): Owner | undefined {
  const parts = /^(\w*):(\w+):(\w+):(\w+):([1-9]\d{0,9}):(\w*)$/.exec(text);
  if (parts === null) return undefined;
  const [, user = "", machine = "", boot = "", namespace = "", pid, started = ""] = parts;
  return { user, machine, boot, namespace, pid: Number(pid), started };
}

/** Returns the processes of this machine. */
export function processesHere(): Processes {
  cached ??= {
    user: String(process.getuid?.() ?? ""),
    machine: short(`${hostname()} ${textOf("/etc/machine-id")}`),
    boot: short(textOf("/proc/sys/kernel/random/boot_id") || answerOf("sysctl", "-n", "kern.bootsessionuuid")),
    namespace: namespace(),
    pid: process.pid,
    started: startOf(process.pid) ?? "",
  };
  return { own: cached, startOf };
}

let cached: Owner | undefined;

function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  const stat = textOf(`/proc/${pid}/stat`);
  // The second field is the name of the program, in parentheses. The name may contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z") return undefined;
  if (stat !== "") return fields[19] ?? "";
  const started = answerOf("ps", "-o", "lstart=", "-p", String(pid));
  return started === "" ? "" : short(started);
}

function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}

function answerOf(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5_000,
    }).trim();
  } catch {
    return "";
  }
}

function short(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
