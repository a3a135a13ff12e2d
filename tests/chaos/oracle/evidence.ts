import type { LedgerRun } from "../../harness/emulator/control";
import { type DesiredRun, markerIn } from "../plan/desired";
import type { StackId, Targets } from "../plan/stage";
import type { LoggedRequest, Service } from "../service";
import { bornAt, resultOf } from "./ledger";
import { holds, type Row } from "./rows";

/** One command as the oracle sees it. Times are milliseconds since the epoch. */
export interface Trace {
  readonly command: "up" | "destroy";
  readonly stack: StackId;
  readonly begunAt: number;
  readonly endedAt: number;
  readonly exitCode: number | null;
  readonly output: string;
  /** What its own processes sent, in order, also after its end. */
  readonly requests: readonly LoggedRequest[];
  /** What the stack's program declared. */
  readonly declared: readonly DesiredRun[];
  readonly targets?: Targets | undefined;
  /** The rows of all stacks when it began, and when it had ended. */
  readonly before: readonly Row[];
  readonly after: readonly Row[];
}

/** What a run of chaos has left to be validated by. Nothing of it comes from the provider. */
export interface Evidence {
  readonly ledger: readonly LedgerRun[];
  readonly commands: readonly Trace[];
  /** Every desired run that there ever was, by its marker. */
  readonly desiredRuns: ReadonlyMap<string, DesiredRun>;
  /** Ids of the runs that a person took out of a state. */
  readonly takenOut: ReadonlySet<string>;
  /** Whether the service surely did not do what a request asked for. */
  readonly wasNotDone: (request: LoggedRequest) => boolean;
  /** Whether a fault kept a request's effect back after the request had come. */
  readonly wasLate: (request: LoggedRequest) => boolean;
  /** Whether the service kept a run out of an answer in which it belongs. */
  readonly wasHidden: (run: LedgerRun, lookup: LoggedRequest) => boolean;
}

/** A clock of the emulator and one of ours in the same machine. Milliseconds. */
export const BREATH = 5;

/**
 * Requests that an abandoned process may have sent between a reading of the log and an injection, or an injection and
 * its removal.
 */
const UNSEEN = 3;

/** What the oracle needs to know of the faults that were injected. */
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

/** The request that a run came of, and the command whose process sent it. */
export interface Origin {
  readonly post: LoggedRequest;
  readonly command: Trace;
}

/** Which request each run came of: the last one before it that is not yet another's. */
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

/** Whether a command acts on a resource. */
export function isTargeted({ targets }: Pick<Trace, "targets">, name: string): boolean {
  return targets === undefined || targets.names.includes(name);
}

/** Whether some command printed how a person ends a run: its id and the command line, or, of an unclear start, its key. */
export function isNamed(commands: readonly Pick<Trace, "output">[], { executionId, fileName }: LedgerRun): boolean {
  const key = fileName?.split("-", 1)[0] ?? "";
  return commands.some(
    ({ output }) => output.includes(`npx pulumi-lyceum abort ${executionId}`) || (key !== "" && output.includes(key)),
  );
}

/** A start key of a run that was started with `onDelete: "leave"`. */
const TO_BE_LEFT = /^[a-z0-9]{20}l/;

/**
 * Whether a person keeps a run, now that no row has it: it was taken out of a state, its row was retained when it went, or it was
 * started to be left alone. No provider is called for the first two, and the third is not reported.
 */
export function isKept({ takenOut, commands }: Pick<Evidence, "takenOut" | "commands">, run: LedgerRun): boolean {
  if (takenOut.has(run.executionId) || TO_BE_LEFT.test(run.fileName ?? "")) return true;
  return commands.some(({ before, after }) => [...before, ...after].some((row) => row.isRetained && holds(row, run)));
}

/** Whether a run was going at a moment. Milliseconds since the epoch. */
export function wasActive(run: LedgerRun, at: number): boolean {
  return bornAt(run) <= at && (resultOf(run)?.at ?? Number.POSITIVE_INFINITY) > at;
}
