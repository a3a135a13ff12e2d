import type { LedgerRun } from "../../harness/emulator/control";
import { type DesiredRun, markerIn } from "../plan/desired";
import type { StackId, Targets } from "../plan/stage";
import type { LoggedRequest, Service } from "../service";
import { bornAt, resultOf } from "./ledger";
import { holds, type Row } from "./rows";

/** One command in the evidence. Times are milliseconds since the epoch. */
export interface Trace {
  readonly command: "up" | "destroy";
  readonly stack: StackId;
  readonly begunAt: number;
  readonly endedAt: number;
  readonly exitCode: number | null;
  readonly output: string;
  /** The requests of the command's own processes, in order, even those that came after the end of the command. */
  readonly requests: readonly LoggedRequest[];
  /** The resources that the stack's program declares. */
  readonly declared: readonly DesiredRun[];
  readonly targets?: Targets | undefined;
  /** The executions in the states of all stacks, before and after the command. */
  readonly before: readonly Row[];
  readonly after: readonly Row[];
}

/** The data for the checks of a chaos run. No part of the data comes from the provider. */
export interface Evidence {
  readonly ledger: readonly LedgerRun[];
  readonly commands: readonly Trace[];
  /** Every run that the program has declared in the chaos run, by its marker. */
  readonly desiredRuns: ReadonlyMap<string, DesiredRun>;
  /** Ids of the runs that a person removed from a state. */
  readonly takenOut: ReadonlySet<string>;
  /** Returns whether the emulator certainly did not carry out a request. */
  readonly wasNotDone: (request: LoggedRequest) => boolean;
  /** Returns whether a fault delayed a request's effect. */
  readonly wasLate: (request: LoggedRequest) => boolean;
  /** Returns whether the emulator left a run out of an answer that should contain the run. */
  readonly wasHidden: (run: LedgerRun, lookup: LoggedRequest) => boolean;
}

/**
 * The largest difference in milliseconds between the clocks of the emulator and of the test. Both are on the same
 * machine.
 */
export const BREATH = 5;

/**
 * The largest number of requests that an abandoned process may have sent without being noticed. Such requests may come
 * between reading the log and injecting a fault, or between injecting and removing a fault.
 */
const UNSEEN = 3;

/** Returns the facts about injected faults that the checks need. */
export function evidenceOf(
  service: Pick<Service, "faultOf" | "injected" | "wasInForce">,
  facts: Pick<Evidence, "ledger" | "commands" | "desiredRuns" | "takenOut">,
): Evidence {
  const faultOf = (request: LoggedRequest) => service.faultOf(request)?.fault;
  return {
    ...facts,
    wasNotDone: (request) => {
      const fault = faultOf(request);
      return fault !== undefined && (fault.commit ?? defaultCommit(fault.kind)) === "never";
    },
    wasLate: (request) => {
      const fault = faultOf(request);
      return fault !== undefined && (fault.commit ?? defaultCommit(fault.kind)) === "after";
    },
    wasHidden: (run, lookup) =>
      service.injected.some((injected) => {
        const { fault, after = 0, times } = injected.fault;
        if (!service.wasInForce(injected, lookup)) return false;
        const from = injected.nextIndex + after;
        if (lookup.index < from || Date.parse(lookup.at) < bornAt(run)) return false;
        if (fault.kind === "lagging-list") return Date.parse(lookup.at) - bornAt(run) < Number(fault.seconds) * 1000;
        return fault.kind === "forget" && lookup.index < from + Number(times) + UNSEEN;
      }),
  };
}

function defaultCommit(kind: string): string {
  if (kind === "reshape") return "before";
  return kind === "delay" || kind === "hold" ? "after" : "never";
}

/** The request that started a run, and the command whose process sent it. */
export interface Origin {
  readonly post: LoggedRequest;
  readonly command: Trace;
}

/**
 * Returns for each run the request that started it. This is the latest start request before the run. A request that
 * started another run does not count.
 */
export function originsOf({ ledger, commands, wasNotDone }: Evidence): ReadonlyMap<LedgerRun, Origin> {
  const free = commands
    .flatMap((command) => command.requests.map((post) => ({ post, command })))
    .filter(({ post }) => post.operation === "startComposeExecution" && !wasNotDone(post))
    .sort((left, right) => Date.parse(left.post.at) - Date.parse(right.post.at));
  const origins = new Map<LedgerRun, Origin>();
  for (const run of [...ledger].sort((left, right) => bornAt(left) - bornAt(right))) {
    const before = free.filter(({ post }) => asksFor(post, run) && Date.parse(post.at) <= bornAt(run) + BREATH);
    const origin = before.at(-1);
    if (origin === undefined) continue;
    origins.set(run, origin);
    free.splice(free.indexOf(origin), 1);
  }
  return origins;
}

function asksFor({ body }: LoggedRequest, run: LedgerRun): boolean {
  const asked = body as { readonly compose_file_code?: unknown; readonly file_name?: unknown } | null;
  return (
    markerIn(asked?.compose_file_code) === markerIn(run.composeFileCode) &&
    (asked?.file_name ?? undefined) === (run.fileName ?? undefined)
  );
}

/** Returns whether a command acts on a resource. */
export function isTargeted({ targets }: Pick<Trace, "targets">, name: string): boolean {
  return targets === undefined || targets.names.includes(name);
}

/**
 * Returns true if a command printed how a person can end a run: the id of the run and the command that ends it. After
 * an unclear start, the start key is enough.
 */
export function isNamed(commands: readonly Pick<Trace, "output">[], { executionId, fileName }: LedgerRun): boolean {
  const key = fileName?.split("-", 1)[0] ?? "";
  return commands.some(
    ({ output }) => output.includes(`npx pulumi-lyceum abort ${executionId}`) || (key !== "" && output.includes(key)),
  );
}

/** The start key of a run that was started with `onDelete: "leave"`. */
const TO_BE_LEFT = /^[a-z0-9]{20}l/;

/**
 * Returns true if a person keeps a run that is in no state. Either the person removed the run from a state, or the
 * run's resource was retained, or the run was started with `onDelete: "leave"`. In the first two cases, Pulumi does not
 * call the provider. In the third case, the provider does not report the run.
 */
export function isKept({ takenOut, commands }: Pick<Evidence, "takenOut" | "commands">, run: LedgerRun): boolean {
  if (takenOut.has(run.executionId) || TO_BE_LEFT.test(run.fileName ?? "")) return true;
  return commands.some(({ before, after }) => [...before, ...after].some((row) => row.isRetained && holds(row, run)));
}

/** Returns whether a run was active at a time, in milliseconds since the epoch. */
export function wasActive(run: LedgerRun, at: number): boolean {
  return bornAt(run) <= at && (resultOf(run)?.at ?? Number.POSITIVE_INFINITY) > at;
}
