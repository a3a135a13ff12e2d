import { hostname } from "node:os";
import { bootHere, machineId, namespaceHere, short, startOf, UNKNOWN_BOOT } from "./system";

/** A process of a user on a machine. The start time distinguishes the process from a later process with the same id. */
export interface Owner {
  readonly user: string;
  readonly machine: string;
  /** A value that changes when the machine starts again. {@link UNKNOWN_BOOT} if the system has no such value. */
  readonly boot: string;
  /** The namespace in which `pid` is valid. A container has its own namespace. */
  readonly namespace: string;
  readonly pid: number;
  /** When the process started, in a form that depends on the system. Empty if the system does not show the time. */
  readonly started: string;
}

/** `machine` begins with this text if the machine has no id. `machine` is then made from the host name alone. */
const ONLY_NAME = "name_";

/** The state of a process. `foreign`: unknown, because the process may be of another user, machine or container. */
export type OwnerState = "alive" | "ended" | "foreign";

/** What {@link ownerState} needs to know about this machine. */
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
    // Two machines may have the same host name, so the process may be on another machine.
    if (own.machine.startsWith(ONLY_NAME)) return "foreign";
    if (isBootKnown) return "ended";
  }
  if (owner.namespace !== own.namespace) return "foreign";
  const started = startOf(owner.pid);
  if (started === undefined) return "ended";
  return started === owner.started || started === "" || owner.started === "" ? "alive" : "ended";
}

/** Returns an owner as a text for a label or a file. */
export function ownerText({ user, machine, boot, namespace, pid, started }: Owner): string {
  return [user, machine, boot, namespace, pid, started].join(":");
}

/** Reads a text that {@link ownerText} has made. Undefined if the text has another form. */
export function parseOwner(text: string): Owner | undefined {
  const parts = /^(\w*):(\w+):(\w+):(\w+):([1-9]\d{0,9}):(\w*)$/.exec(text);
  if (parts === null) return undefined;
  const [, user = "", machine = "", boot = "", namespace = "", pid, started = ""] = parts;
  return { user, machine, boot, namespace, pid: Number(pid), started };
}

/** Returns what {@link ownerState} needs to know about this machine and this process. */
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

/** Returns `machine` of an {@link Owner}, from the host name and the id of the machine. */
export function machineOf(name: string, id: string): string {
  return id === "" ? ONLY_NAME + short(name) : short(`${name} ${id}`);
}

let cached: Owner | undefined;
