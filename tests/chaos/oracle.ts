import type { LedgerRun } from "../harness/emulator/control";
import { type DesiredRun, markerIn, markerOf, resourceOf, wantsRerun } from "./desired";
import { bornAt, resultOf } from "./ledger";
import type { LoggedRequest } from "./service";

/** One command as the oracle sees it. Times are milliseconds since the epoch. */
export interface Trace {
  readonly endedAt: number;
  /** What came while it ran, in order. */
  readonly requests: readonly LoggedRequest[];
  /** Ids of the runs that the state held at its end. */
  readonly recorded: readonly string[];
}

/** What a run of chaos has left to be validated by. Nothing of it comes from the provider. */
export interface Evidence {
  readonly ledger: readonly LedgerRun[];
  readonly commands: readonly Trace[];
  /** Every desired run that there ever was, by its marker. */
  readonly desiredRuns: ReadonlyMap<string, DesiredRun>;
  /** Whether the service surely did not do what a request asked for. */
  readonly wasNotDone: (request: LoggedRequest) => boolean;
  /** Whether a fault kept a request's effect back after the request had come. */
  readonly wasLate: (request: LoggedRequest) => boolean;
  /** Whether the service kept a run out of an answer in which it belongs. */
  readonly wasHidden: (run: LedgerRun, lookup: LoggedRequest) => boolean;
}

/** A second start that no client could have known to be one: the first was not there, or not shown, when it looked. */
export interface SecondStart {
  readonly marker: string;
  readonly why: "held" | "hidden";
  /** The run that nobody recorded. */
  readonly duplicateId: string;
  /** List calls that showed it before it was aborted; `undefined`: its command did not see it any more. */
  readonly ticks: number | undefined;
}

/** What the oracle has to say of starts. */
export interface StartCheck {
  readonly violations: readonly string[];
  readonly secondStarts: readonly SecondStart[];
}

/** Ticks within which a run that turns up late has to be aborted. */
const MOST_TICKS = 2;
/** A clock of the emulator and one of ours in the same machine. Milliseconds. */
const BREATH = 5;
/**
 * A look-up serves the creates of two seconds (`provider/lifecycle/create/lookup.ts`), and a wait of another run may read
 * the history between it and the start: then a late run may have come between the two. Milliseconds.
 */
const LOOKUP_SERVES = 3000;

/**
 * Whether each run of each desired run was called for: the first always, a further one where all before it had ended
 * badly and the script's policy is to run again. Anything else is a second start: the named limit, or a violation.
 */
export function checkStarts(evidence: Evidence): StartCheck {
  const violations: string[] = [];
  const secondStarts: SecondStart[] = [];
  for (const [marker, runs] of byMarker(evidence.ledger)) {
    const desired = evidence.desiredRuns.get(marker);
    if (desired === undefined) {
      violations.push(`${marker} was started though no program ever declared it`);
      continue;
    }
    const posts = postsOf(marker, runs, evidence);
    runs.forEach((later, position) => {
      for (const earlier of runs.slice(0, position)) {
        if (callsForAnother(earlier, later, desired)) continue;
        const outcome = checkPair(marker, [earlier, later], posts, evidence);
        if (typeof outcome === "string") violations.push(outcome);
        else secondStarts.push(outcome);
      }
    });
  }
  for (const { duplicateId, ticks, marker } of secondStarts) {
    if ((ticks ?? 0) > MOST_TICKS)
      violations.push(`${marker}: ${duplicateId} was shown ${ticks} times before it was aborted`);
  }
  return { violations, secondStarts };
}

function byMarker(ledger: readonly LedgerRun[]): ReadonlyMap<string, readonly LedgerRun[]> {
  const groups = new Map<string, LedgerRun[]>();
  for (const run of [...ledger].sort((left, right) => bornAt(left) - bornAt(right))) {
    const marker = markerIn(run.composeFileCode) ?? "a text without a marker";
    groups.set(marker, [...(groups.get(marker) ?? []), run]);
  }
  return groups;
}

function callsForAnother(earlier: LedgerRun, later: LedgerRun, desired: DesiredRun): boolean {
  const result = resultOf(earlier);
  if (result === undefined || result.at > bornAt(later) + BREATH) return false;
  return ["failed", "system_failure", "timeout"].includes(result.status) && wantsRerun(desired);
}

type Posts = ReadonlyMap<LedgerRun, LoggedRequest>;

/** Which request each run came of: the last one before it that is not yet another's. */
function postsOf(marker: string, runs: readonly LedgerRun[], { commands, wasNotDone }: Evidence): Posts {
  const free = commands
    .flatMap(({ requests }) => requests)
    .filter((request) => request.operation === "startComposeExecution" && markerOfStart(request) === marker)
    .filter((request) => !wasNotDone(request));
  const posts = new Map<LedgerRun, LoggedRequest>();
  for (const run of runs) {
    const post = free.filter(({ at }) => Date.parse(at) <= bornAt(run) + BREATH).at(-1);
    if (post === undefined) continue;
    posts.set(run, post);
    free.splice(free.indexOf(post), 1);
  }
  return posts;
}

/** The marker of the run that a start asks for. */
function markerOfStart({ body }: LoggedRequest): string | undefined {
  return markerIn((body as { readonly compose_file_code?: unknown } | null)?.compose_file_code);
}

function checkPair(
  marker: string,
  pair: readonly [LedgerRun, LedgerRun],
  posts: Posts,
  evidence: Evidence,
): SecondStart | string {
  const [first, second] = [...pair].sort((left, right) => postedAt(posts.get(left)) - postedAt(posts.get(right)));
  const [firstPost, secondPost] = [first && posts.get(first), second && posts.get(second)];
  const message = `${marker} was started twice: ${pair.map(({ executionId }) => executionId).join(", ")}`;
  if (!first || !firstPost || !secondPost) return `${message}; a start without a request`;
  const command = evidence.commands.find(({ requests }) => requests.includes(secondPost));
  const histories = (command?.requests ?? [])
    .slice(0, command?.requests.indexOf(secondPost))
    .filter(({ operation, status }) => operation === "getBillingHistory" && status === 200);
  if (command === undefined || histories.length === 0) return `${message}, the second time without a look-up`;
  const oldest = Date.parse(secondPost.at) - LOOKUP_SERVES;
  const lookups = histories.filter(({ at }, index) => index === histories.length - 1 || Date.parse(at) >= oldest);
  const cameLater = (lookup: LoggedRequest) => bornAt(first) > Date.parse(lookup.at) && firstPost.at < lookup.at;
  const held = evidence.wasLate(firstPost) && lookups.some(cameLater) ? "held" : undefined;
  const isHidden = histories.slice(-1).some((lookup) => evidence.wasHidden(first, lookup));
  const why = held ?? (isHidden ? "hidden" : undefined);
  if (why === undefined) return `${message}, though the look-up was shown the first`;
  const duplicate = pair.find(({ executionId }) => !command.recorded.includes(executionId)) ?? first;
  const own = pair.find((run) => run !== duplicate) ?? duplicate;
  return { marker, why, duplicateId: duplicate.executionId, ticks: ticksUntilAbort(duplicate, own, command, evidence) };
}

function postedAt(post: LoggedRequest | undefined): number {
  return post === undefined ? Number.POSITIVE_INFINITY : Date.parse(post.at);
}

/** Counted from where the command's own run is there too: before, nobody can tell which of the two is the duplicate. */
function ticksUntilAbort(
  duplicate: LedgerRun,
  own: LedgerRun,
  command: Trace,
  { wasHidden }: Evidence,
): number | undefined {
  const from = Math.max(bornAt(duplicate), bornAt(own));
  const abort = command.requests.findIndex(({ path }) => path.endsWith(`/workloads/abort/${duplicate.executionId}`));
  const shown = command.requests
    .slice(0, abort === -1 ? command.requests.length : abort)
    .filter(({ operation, status }) => operation === "listWorkloads" && status === 200)
    .filter((list) => Date.parse(list.at) > from && !wasHidden(duplicate, list))
    .filter((list) => Date.parse(list.at) < (resultOf(duplicate)?.at ?? Number.POSITIVE_INFINITY)).length;
  return abort === -1 && shown <= MOST_TICKS ? undefined : shown;
}

/** Whether a successful `up` has left exactly the declared runs, one for each resource. */
export function checkConverged(
  desiredRuns: readonly DesiredRun[],
  recorded: readonly { readonly name: string; readonly executionId: string }[],
  ledger: readonly LedgerRun[],
  duplicates: readonly string[],
): readonly string[] {
  const violations: string[] = [];
  for (const desired of desiredRuns) {
    const marker = markerOf(desired);
    const own = recorded.filter(({ name }) => name === desired.name);
    const run = ledger.find(({ executionId }) => executionId === own[0]?.executionId);
    if (own.length !== 1) violations.push(`${desired.name} is recorded ${own.length} times`);
    else if (run === undefined) violations.push(`${desired.name} is recorded with a run that the service never had`);
    else if (markerIn(run.composeFileCode) !== marker)
      violations.push(`${desired.name} is recorded with an older text's run`);
    else if (desired.waitFor === "completed" && !isDone(run, desired))
      violations.push(
        `${desired.name} is ${resultOf(run)?.status ?? "still going"} behind an up that waited for its end`,
      );
  }
  const known = new Set([...recorded.map(({ executionId }) => executionId), ...duplicates]);
  for (const run of ledger) {
    if (resultOf(run) !== undefined || known.has(run.executionId)) continue;
    violations.push(
      `${run.executionId} of ${resourceOf(markerIn(run.composeFileCode) ?? "?")} goes on and nobody knows of it`,
    );
  }
  const names = new Set(desiredRuns.map(({ name }) => name));
  const extra = recorded.filter(({ name }) => !names.has(name));
  return [...violations, ...extra.map(({ name }) => `${name} is recorded, though no longer declared`)];
}

function isDone(run: LedgerRun, desired: DesiredRun): boolean {
  const result = resultOf(run);
  return result !== undefined && (result.status === "completed" || desired.whenFailed === "keep");
}

/**
 * Whether a successful `destroy` has left nothing.
 *
 * @param isOfNobody whether no state had recorded a run, and it was reported: that run may go on to its timeout
 */
export function checkDestroyed(
  recorded: readonly { readonly name: string }[],
  ledger: readonly LedgerRun[],
  isOfNobody: (run: LedgerRun) => boolean = () => false,
): readonly string[] {
  return [
    ...recorded.map(({ name }) => `${name} is still recorded behind destroy`),
    ...ledger
      .filter((run) => resultOf(run) === undefined && !isOfNobody(run))
      .map((run) => `${run.executionId} of ${markerIn(run.composeFileCode)} is alive behind destroy`),
  ];
}
