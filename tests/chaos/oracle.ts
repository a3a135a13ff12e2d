import type { SeenExecution } from "../harness/control";
import { markerIn, markerOf, resourceOf, type Wish, wantsRerun } from "./desired";
import { bornAt, resultOf } from "./ledger";
import { markerOfStart } from "./phase";
import type { LoggedRequest } from "./service";

/** One command as the judge sees it. Times are milliseconds since the epoch. */
export interface Trace {
  readonly endedAt: number;
  /** What came while it ran, in order. */
  readonly requests: readonly LoggedRequest[];
  /** Ids of the runs that the state held at its end. */
  readonly recorded: readonly string[];
}

/** What a run of chaos has left to be judged by. Nothing of it comes from the provider. */
export interface Evidence {
  readonly ledger: readonly SeenExecution[];
  readonly commands: readonly Trace[];
  /** Every wish that there ever was, by its marker. */
  readonly wishes: ReadonlyMap<string, Wish>;
  /** Whether the service surely did not do what a request asked for. */
  readonly wasNotDone: (request: LoggedRequest) => boolean;
  /** Whether a fault kept a request's effect back after the request had come. */
  readonly wasLate: (request: LoggedRequest) => boolean;
  /** Whether the service kept a run out of an answer in which it belongs. */
  readonly wasHidden: (run: SeenExecution, look: LoggedRequest) => boolean;
}

/** A second start that no client could have known to be one: the first was not there, or not shown, when it looked. */
export interface SecondStart {
  readonly marker: string;
  readonly why: "held" | "hidden";
  /** The run that nobody recorded. */
  readonly strayId: string;
  /** List calls that showed it before it was aborted; `undefined`: its command did not see it any more. */
  readonly ticks: number | undefined;
}

/** What the judge has to say of starts. */
export interface StartVerdict {
  readonly violations: readonly string[];
  readonly secondStarts: readonly SecondStart[];
}

/** Ticks within which a run that turns up late has to be aborted. */
const MOST_TICKS = 2;
/** A clock of the emulator and one of ours in the same machine. Milliseconds. */
const BREATH = 5;

/**
 * Whether each run of each wish was called for: the first always, a further one where all before it had ended badly and the
 * script's policy is to run again. Anything else is a second start: the named limit, or a violation.
 */
export function judgeStarts(evidence: Evidence): StartVerdict {
  const violations: string[] = [];
  const secondStarts: SecondStart[] = [];
  for (const [marker, runs] of byMarker(evidence.ledger)) {
    const wish = evidence.wishes.get(marker);
    if (wish === undefined) {
      violations.push(`${marker} was started though no program ever declared it`);
      continue;
    }
    const posts = postsOf(marker, runs, evidence);
    runs.forEach((later, position) => {
      for (const earlier of runs.slice(0, position)) {
        if (callsForAnother(earlier, later, wish)) continue;
        const verdict = judgePair(marker, [earlier, later], posts, evidence);
        if (typeof verdict === "string") violations.push(verdict);
        else secondStarts.push(verdict);
      }
    });
  }
  for (const { strayId, ticks, marker } of secondStarts) {
    if ((ticks ?? 0) > MOST_TICKS)
      violations.push(`${marker}: ${strayId} was shown ${ticks} times before it was aborted`);
  }
  return { violations, secondStarts };
}

function byMarker(ledger: readonly SeenExecution[]): ReadonlyMap<string, readonly SeenExecution[]> {
  const groups = new Map<string, SeenExecution[]>();
  for (const run of [...ledger].sort((left, right) => bornAt(left) - bornAt(right))) {
    const marker = markerIn(run.composeFileCode) ?? "a text without a marker";
    groups.set(marker, [...(groups.get(marker) ?? []), run]);
  }
  return groups;
}

function callsForAnother(earlier: SeenExecution, later: SeenExecution, wish: Wish): boolean {
  const result = resultOf(earlier);
  if (result === undefined || result.at > bornAt(later) + BREATH) return false;
  return ["failed", "system_failure", "timeout"].includes(result.status) && wantsRerun(wish);
}

type Posts = ReadonlyMap<SeenExecution, LoggedRequest>;

/** Which request each run came of: the last one before it that is not yet another's. */
function postsOf(marker: string, runs: readonly SeenExecution[], { commands, wasNotDone }: Evidence): Posts {
  const free = commands
    .flatMap(({ requests }) => requests)
    .filter((request) => request.operation === "startComposeExecution" && markerOfStart(request) === marker)
    .filter((request) => !wasNotDone(request));
  const posts = new Map<SeenExecution, LoggedRequest>();
  for (const run of runs) {
    const post = free.filter(({ at }) => Date.parse(at) <= bornAt(run) + BREATH).at(-1);
    if (post === undefined) continue;
    posts.set(run, post);
    free.splice(free.indexOf(post), 1);
  }
  return posts;
}

function judgePair(
  marker: string,
  pair: readonly [SeenExecution, SeenExecution],
  posts: Posts,
  evidence: Evidence,
): SecondStart | string {
  const [first, second] = [...pair].sort((left, right) => postedAt(posts.get(left)) - postedAt(posts.get(right)));
  const [firstPost, secondPost] = [first && posts.get(first), second && posts.get(second)];
  const told = `${marker} was started twice: ${pair.map(({ executionId }) => executionId).join(", ")}`;
  if (!first || !firstPost || !secondPost) return `${told}; a start without a request`;
  const command = evidence.commands.find(({ requests }) => requests.includes(secondPost));
  const look = command?.requests
    .slice(0, command.requests.indexOf(secondPost))
    .filter(({ operation, status }) => operation === "getBillingHistory" && status === 200)
    .at(-1);
  if (command === undefined || look === undefined) return `${told}, the second time without a look-up`;
  const held =
    bornAt(first) > Date.parse(look.at) && firstPost.at < look.at && evidence.wasLate(firstPost) ? "held" : undefined;
  const why = held ?? (evidence.wasHidden(first, look) ? "hidden" : undefined);
  if (why === undefined) return `${told}, though the look-up was shown the first`;
  const stray = pair.find(({ executionId }) => !command.recorded.includes(executionId)) ?? first;
  const own = pair.find((run) => run !== stray) ?? stray;
  return { marker, why, strayId: stray.executionId, ticks: ticksUntilAbort(stray, own, command, evidence) };
}

function postedAt(post: LoggedRequest | undefined): number {
  return post === undefined ? Number.POSITIVE_INFINITY : Date.parse(post.at);
}

/** Counted from where the command's own run is there too: before, nobody can tell which of the two is the stray. */
function ticksUntilAbort(
  stray: SeenExecution,
  own: SeenExecution,
  command: Trace,
  { wasHidden }: Evidence,
): number | undefined {
  const from = Math.max(bornAt(stray), bornAt(own));
  const abort = command.requests.findIndex(({ path }) => path.endsWith(`/workloads/abort/${stray.executionId}`));
  const shown = command.requests
    .slice(0, abort === -1 ? command.requests.length : abort)
    .filter(({ operation, status }) => operation === "listWorkloads" && status === 200)
    .filter((list) => Date.parse(list.at) > from && !wasHidden(stray, list))
    .filter((list) => Date.parse(list.at) < (resultOf(stray)?.at ?? Number.POSITIVE_INFINITY)).length;
  return abort === -1 && shown <= MOST_TICKS ? undefined : shown;
}

/** Whether a successful `up` has left exactly the declared runs, one for each resource. */
export function judgeConverged(
  wishes: readonly Wish[],
  recorded: readonly { readonly name: string; readonly executionId: string }[],
  ledger: readonly SeenExecution[],
  strays: readonly string[],
): readonly string[] {
  const violations: string[] = [];
  for (const wish of wishes) {
    const marker = markerOf(wish);
    const own = recorded.filter(({ name }) => name === wish.name);
    const run = ledger.find(({ executionId }) => executionId === own[0]?.executionId);
    if (own.length !== 1) violations.push(`${wish.name} is recorded ${own.length} times`);
    else if (run === undefined) violations.push(`${wish.name} is recorded with a run that the service never had`);
    else if (markerIn(run.composeFileCode) !== marker)
      violations.push(`${wish.name} is recorded with an older text's run`);
    else if (wish.waitFor === "completed" && !isDone(run, wish))
      violations.push(`${wish.name} is ${resultOf(run)?.status ?? "still going"} behind an up that waited for its end`);
  }
  const known = new Set([...recorded.map(({ executionId }) => executionId), ...strays]);
  for (const run of ledger) {
    if (resultOf(run) !== undefined || known.has(run.executionId)) continue;
    violations.push(
      `${run.executionId} of ${resourceOf(markerIn(run.composeFileCode) ?? "?")} goes on and nobody knows of it`,
    );
  }
  const names = new Set(wishes.map(({ name }) => name));
  const extra = recorded.filter(({ name }) => !names.has(name));
  return [...violations, ...extra.map(({ name }) => `${name} is recorded, though no longer declared`)];
}

function isDone(run: SeenExecution, wish: Wish): boolean {
  const result = resultOf(run);
  return result !== undefined && (result.status === "completed" || wish.whenFailed === "keep");
}

/** Whether a successful `destroy` has left nothing. */
export function judgeDestroyed(
  recorded: readonly { readonly name: string }[],
  ledger: readonly SeenExecution[],
): readonly string[] {
  return [
    ...recorded.map(({ name }) => `${name} is still recorded behind destroy`),
    ...ledger
      .filter((run) => resultOf(run) === undefined)
      .map((run) => `${run.executionId} of ${markerIn(run.composeFileCode)} is alive behind destroy`),
  ];
}
