import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../harness/emulator/control";
import { kill, marked } from "../harness/processes/processes";
import type { SignalCell, Target } from "./plan/cells";
import type { Random } from "./random";
import type { InjectedFault, Service } from "./service";

/** The processes that a signal can reach. */
export interface Victims {
  readonly service: Service;
  /** The pid of the CLI's process. */
  readonly cli: number;
  /** A text in the environment of every process of the command, such as `NAME=value`. */
  readonly mark: string;
}

const START = "startComposeExecution";

/**
 * Returns the fault that makes a phase last longer, or shows that the phase has begun. The fault holds or delays one of
 * the requests in the phase. `starts` is the number of runs that are expected to start.
 */
export function momentOf({ phase }: SignalCell, starts: number, random: Random): Fault {
  const after = random.whole(0, Math.max(0, starts - 1));
  switch (phase) {
    case "before the look-up":
      return { operation: "getBillingHistory", fault: { kind: "hold" } };
    case "between look-up and POST":
      return { operation: START, after, fault: { kind: "status", status: 429, headers: { "retry-after": "2" } } };
    case "POST, before commit":
      return { operation: START, after, fault: { kind: "hold", commit: "after" } };
    case "POST, after commit":
      return { operation: START, after, fault: { kind: "hold", commit: "before" } };
    case "answered":
      // The first list call belongs to the lookup, and the second list call to the first tick of the wait.
      return { operation: "listWorkloads", after: 1, fault: { kind: "hold" } };
    case "waiting":
      return { operation: "listWorkloads", after: random.whole(3, 5), fault: { kind: "delay", seconds: 0.05 } };
    case "ended":
      return { operation: "getExecution", fault: { kind: "hold" } };
    case "deleting":
      return { operation: "abortWorkload", fault: { kind: "delay", seconds: 0.05, commit: "before" } };
  }
}

/** Waits until the phase has begun. Returns false if the command or the emulator ended before the phase began. */
export async function untilMoment(service: Service, moment: InjectedFault, isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    const count = await service.countOf(moment).catch(() => undefined);
    if (count === undefined) return false;
    if (moment.fault.fault.kind === "hold" ? count.holding > 0 : count.fired > 0) return true;
    await sleep(40);
  }
  return false;
}

/** Sends a signal. @returns whether a process could receive the signal */
export async function strike({ signal, target }: SignalCell, victims: Victims, random: Random): Promise<boolean> {
  const once = signal === "SIGINT twice" ? "SIGINT" : signal;
  if (target === "emulator") {
    if (!victims.service.isAlive) return false;
    await victims.service.end(once);
    return true;
  }
  const pids = pidsOf(target, victims);
  const sent = pids.filter((pid) => kill(pid, once));
  if (signal === "SIGINT twice") {
    await sleep(random.between(200, 1500));
    for (const pid of sent) kill(pid, once);
  }
  return sent.length > 0;
}

function pidsOf(target: Exclude<Target, "emulator">, { cli, mark }: Victims): readonly number[] {
  const providers = (): number[] =>
    marked(mark)
      .filter(({ command }) => isProvider(command))
      .map(({ pid }) => pid);
  if (target === "CLI") return [cli];
  return target === "provider" ? providers() : [cli, ...providers()];
}

/** Returns true if a command line belongs to the process that serves this package's resources. */
function isProvider(command: string): boolean {
  return /node .*(dynamic-provider|pulumi-resource-lyceum)/.test(command);
}

/**
 * Returns true if a command line belongs to a process that runs code of this package: the provider or the program. All
 * other processes belong to Pulumi.
 */
export function isOurs(command: string): boolean {
  return /(^|\/)node /.test(command);
}
