import type { LedgerRun } from "../../harness/emulator/control";
import { type DesiredRun, markerIn, wantsRerun } from "../plan/desired";
import type { LoggedRequest } from "../service";
import { BREATH, type Evidence, isKept, isNamed, type Origin, originsOf, type Trace } from "./evidence";
import { bornAt, resourceOf, resultOf } from "./ledger";
import { holds } from "./rows";

/**
 * A second start that no client could prevent: the first run did not exist yet, or no list showed it, when the client
 * looked for runs.
 */
export interface SecondStart {
  readonly marker: string;
  readonly why: "held" | "hidden";
  /** The id of the run that is in no state. */
  readonly duplicateId: string;
  /**
   * What happened to the run: a command named it for a person (`named`), the run ended (`ended`), or neither (`open`).
   * `left.ts` checks open runs.
   */
  readonly fate: "named" | "ended" | "open";
}

/** The result of the check of starts. */
export interface StartCheck {
  readonly violations: readonly string[];
  readonly secondStarts: readonly SecondStart[];
}

/**
 * Milliseconds for which a run that appears late may remain unnoticed. Creates that begin within two seconds share a
 * lookup (`provider/lifecycle/create/lookup.ts`). Also, another wait may have read the history before the start.
 */
const LOOKUP_SERVES = 3000;

/**
 * Checks that each run of each text was needed. The first run of a text is always needed. Another run is needed if all
 * earlier runs failed and the policy is to run again. It is also needed if the earlier runs were deleted, or belong to
 * another resource, stack or person. Any other run is a second start: a known limit, or a violation.
 */
export function checkStarts(evidence: Evidence): StartCheck {
  const violations: string[] = [];
  const secondStarts: SecondStart[] = [];
  const origins = originsOf(evidence);
  for (const [marker, runs] of byMarker(evidence.ledger)) {
    const desired = evidence.desiredRuns.get(marker);
    if (desired === undefined) {
      violations.push(`${marker} was started though no program ever declared it`);
      continue;
    }
    runs.forEach((later, position) => {
      for (const earlier of runs.slice(0, position)) {
        if (callsForAnother(earlier, later, desired)) continue;
        if (isOfSomebodyElse([earlier, later], origins, evidence)) continue;
        const outcome = checkPair(marker, [earlier, later], origins, evidence);
        if (typeof outcome === "string") violations.push(outcome);
        else secondStarts.push(outcome);
      }
    });
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

/**
 * Returns true if an abort in a restored or copied stack makes another run necessary. `aborts.ts` checks whether the
 * abort is correct.
 */
function callsForAnother(earlier: LedgerRun, later: LedgerRun, desired: DesiredRun): boolean {
  const result = resultOf(earlier);
  if (result === undefined || result.at > bornAt(later) + BREATH) return false;
  return ["failed", "system_failure", "timeout", "aborted"].includes(result.status) && wantsRerun(desired);
}

type Origins = ReadonlyMap<LedgerRun, Origin>;

/**
 * Returns true if the start of the later run does not depend on the earlier run: a process of another stack started the
 * earlier run, another resource or stack had already recorded it, or a person keeps it.
 */
function isOfSomebodyElse(
  [earlier, later]: readonly [LedgerRun, LedgerRun],
  origins: Origins,
  evidence: Evidence,
): boolean {
  const [first, second] = [origins.get(earlier)?.command, origins.get(later)?.command];
  if (first === undefined || second === undefined) return false;
  if (first.stack !== second.stack || isKept(evidence, earlier)) return true;
  if (isDeleted(earlier, second, evidence)) return true;
  const isOwn = (row: { readonly stack: string; readonly name: string }): boolean =>
    row.stack === second.stack && row.name === resourceOf(later);
  return second.before.some((row) => holds(row, earlier) && !isOwn(row));
}

/**
 * Returns true if a run was aborted because its resource was deleted, for example by `destroy --target`. A later `up`
 * may then start another run.
 */
function isDeleted(run: LedgerRun, { before, begunAt }: Trace, { commands }: Evidence): boolean {
  const result = resultOf(run);
  if (result?.status !== "aborted" || result.at > begunAt || before.some((row) => holds(row, run))) return false;
  return commands.some((command) => command.before.some((row) => holds(row, run)));
}

function checkPair(
  marker: string,
  pair: readonly [LedgerRun, LedgerRun],
  origins: Origins,
  evidence: Evidence,
): SecondStart | string {
  const [first, second] = [...pair].sort((left, right) => postedAt(origins.get(left)) - postedAt(origins.get(right)));
  const [firstPost, secondPost] = [first && origins.get(first)?.post, second && origins.get(second)?.post];
  const message = `${marker} was started twice: ${pair.map(({ executionId }) => executionId).join(", ")}`;
  if (!first || !second || !firstPost || !secondPost) return `${message}; a start without a request`;
  const requests = origins.get(second)?.command.requests ?? [];
  const histories = requests
    .slice(0, requests.indexOf(secondPost))
    .filter(({ operation, status }) => operation === "getBillingHistory" && status === 200);
  if (histories.length === 0) return `${message}, the second time without a look-up`;
  const oldest = Date.parse(secondPost.at) - LOOKUP_SERVES;
  const lookups = histories.filter(({ at }, index) => index === histories.length - 1 || Date.parse(at) >= oldest);
  const cameLater = (lookup: LoggedRequest) => bornAt(first) > Date.parse(lookup.at) && firstPost.at < lookup.at;
  const held = evidence.wasLate(firstPost) && lookups.some(cameLater) ? "held" : undefined;
  const isHidden = histories.slice(-1).some((lookup) => evidence.wasHidden(first, lookup));
  const why = held ?? (isHidden ? "hidden" : undefined);
  if (why === undefined) return `${message}, though the look-up was shown the first`;
  const recorded = origins.get(second)?.command.after ?? [];
  const duplicate = pair.find((run) => !recorded.some((row) => holds(row, run))) ?? first;
  return { marker, why, duplicateId: duplicate.executionId, fate: fateOf(duplicate, evidence) };
}

function fateOf(duplicate: LedgerRun, { commands }: Evidence): SecondStart["fate"] {
  if (isNamed(commands, duplicate)) return "named";
  return resultOf(duplicate) === undefined ? "open" : "ended";
}

function postedAt(origin: Origin | undefined): number {
  return origin === undefined ? Number.POSITIVE_INFINITY : Date.parse(origin.post.at);
}
