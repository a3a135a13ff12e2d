import { hostname } from "node:os";
import { bootHere, machineId, namespaceHere, short, startOf, UNKNOWN_BOOT } from "./system";

/** A process of a user on a machine. The time of its start distinguishes it from a later process with the same id. */
export interface Owner {
  readonly user: string;
  readonly machine: string;
  /** Changes when the machine starts again. {@link UNKNOWN_BOOT} if the system does not show it. */
  readonly boot: string;
  /** The namespace of the process id. Containers have namespaces of their own. */
  readonly namespace: string;
  readonly pid: number;
  /** The time of the start, in the system's own unit. Empty if the system does not show it. */
  readonly started: string;
}

/** The beginning of a `machine` that has no id, only a host name. */
const ONLY_NAME = "name_";

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
  const isBootKnown = owner.boot !== UNKNOWN_BOOT && own.boot !== UNKNOWN_BOOT;
  if (!isBootKnown || owner.boot !== own.boot) {
    // Two machines may have the same host name.
    if (own.machine.startsWith(ONLY_NAME)) return "foreign";
    if (isBootKnown) return "ended";
  }
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
    machine: machineOf(hostname(), machineId()),
    boot: bootHere(),
    namespace: namespaceHere(),
    pid: process.pid,
    started: startOf(process.pid) ?? "",
  };
  return { own: cached, startOf };
}

/** Returns the `machine` of an {@link Owner}. */
export function machineOf(name: string, id: string): string {
  return id === "" ? ONLY_NAME + short(name) : short(`${name} ${id}`);
}

let cached: Owner | undefined;
