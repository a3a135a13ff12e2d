import { kindOf } from "../lyceum/status";
import { isSecretInput, type OldInputs, reasonsForNewRun, settingsForNextRun } from "./changes";
import { endWasNotReported, isOver } from "./ended";
import type { ExecutionInputs } from "./inputs";
import { keptWarning, outcome, policyReason, shortfallOf } from "./messages";
import type { ExecutionOutputs } from "./outputs";
import { policyFor, type Shortfall } from "./policy";
import { MODEL_INPUT } from "./project/record";
import { waitOutcome } from "./wait-outcome";

/** What the engine receives, and what the row shows. `why` is one line for a person. */
export type DiffDecision =
  | { readonly kind: "same"; readonly warnings: readonly string[] }
  | { readonly kind: "update" | "replace"; readonly why: string; readonly warnings: readonly string[] };

/** What a diff is decided from. Pure data: the digests' key (the scope) is inside `news`. */
export interface DiffFacts {
  readonly recorded: ExecutionOutputs;
  readonly news: ExecutionInputs;
  readonly olds: OldInputs;
  /** Names of inputs that call for a new run and are not known yet. */
  readonly unknown: readonly string[];
  /** Whether they are unknown because a resource that they come from is replaced: the engine then replaces this one, too. */
  readonly upstreamReplaced?: boolean;
  /** Names of other inputs that are not known yet: nothing is concluded from them. */
  readonly unknownSettings?: readonly string[];
  /** The scope itself is unknown at preview when it is about to be made anew. */
  readonly scopeUnknown: boolean;
  /** Whether this command is the first to see that the run has ended: what is recorded says that it goes on. */
  readonly endIsNews?: boolean;
  /** When the status was looked at just now (milliseconds since the epoch); absent when it is the recorded one. */
  readonly observedAt?: number | undefined;
}

/**
 * The table of diff, first match wins.
 *
 * | what is met                                              | decision |
 * |----------------------------------------------------------|----------|
 * | an input that calls for a new run is unknown             | replace, "may start a new run"; "starts", where it comes from a resource that is replaced |
 * | such an input changed, or one that `replaceOnChanges` names | replace |
 * | a setting that decides below is unknown                  | same: nothing is concluded |
 * | the run failed (failed, aborted, lost), by its policy | rerun: replace; keep: same, one warning (an update, which records an end that is news); fail: update, which stops |
 * | kept or failing, but the credentials changed             | replace  |
 * | it was adopted by its id and failed               | never a new run: kept, or update, which stops |
 * | its wait is unfinished                                   | update, which resumes the same run |
 * | `runOnEveryUp`, also where a bad end is kept             | replace  |
 * | `onDelete` or `deleteRecord` changed, also where an end is kept | update |
 * | anything else (credentials, clocks, grace, labels, …)    | same; a warning while the run is still going |
 */
export function decideDiff(facts: DiffFacts): DiffDecision {
  const { recorded, news, olds } = facts;
  const run = `run ${recorded.executionId} (${lastObserved(recorded, facts.observedAt)})`;
  if (facts.unknown.length > 0) {
    const names = facts.unknown.map(publicName).join(", ");
    if (facts.upstreamReplaced === true) {
      const next = facts.unknown.includes("existingExecutionId") ? otherRun(recorded, run) : newRun(recorded, run);
      return replace(`${next}: ${names} not known until another resource is replaced`);
    }
    return replace(`may start a new run ${besides(recorded)} ${run}: ${names} not known yet`);
  }
  const reasons = facts.scopeUnknown ? [] : reasonsForNewRun(recorded, news, olds);
  if (reasons.length > 0) {
    const next = news.existingExecutionId === undefined ? newRun(recorded, run) : otherRun(recorded, run);
    return replace(`${next}: ${reasons.join("; ")}`);
  }
  // With a desired state, a policy or a setting unknown, what they would mean is not known either.
  if ((facts.unknownSettings ?? []).length > 0) return { kind: "same", warnings: [] };
  const shortfall = shortfallOf(recorded, news);
  if (shortfall !== undefined) {
    const decision = afterShortfall(shortfall, facts, run);
    return decision.kind === "same" ? settingsOfEnd(facts, run, decision.warnings) : decision;
  }
  if (!endWasNotReported(recorded) && waitOutcome(news.waitFor, recorded) === "wait") {
    return update(`resumes waiting for ${run} to be ${news.waitFor}`);
  }
  if (news.runOnEveryUp && recorded.adopted !== true) return replace(`${newRun(recorded, run)}: runOnEveryUp is set`);
  return settingsOfEnd(facts, run, nextRunWarnings(facts));
}

/** What concerns only the end of the resource is recorded at once: a destroy sees nothing but what is recorded. */
function settingsOfEnd({ recorded, news, olds }: DiffFacts, run: string, warnings: readonly string[]): DiffDecision {
  const hides = isSecretInput(news, olds);
  if (news.onDelete !== recorded.onDelete) {
    return update(`onDelete changed${hides("onDelete") ? "" : ` to "${news.onDelete}"`} for ${run}`, warnings);
  }
  if (news.deleteRecord !== (recorded.deleteRecord === true)) {
    return update(
      `deleteRecord changed${hides("deleteRecord") ? "" : ` to ${news.deleteRecord}`} for ${run}`,
      warnings,
    );
  }
  return { kind: "same", warnings };
}

function afterShortfall(shortfall: Shortfall, facts: DiffFacts, run: string): DiffDecision {
  const { recorded, news, olds, endIsNews = false } = facts;
  const policy = policyFor(shortfall, news);
  const because = policyReason(shortfall, news);
  if (policy === "rerun" && recorded.adopted === true) {
    return update(`stops: ${run} ${didNotReach(shortfall)}, and it was adopted by its id`);
  }
  if (policy === "rerun") return replace(`starts a new run: ${run} ${didNotReach(shortfall)}, and ${because}`);
  // New credentials are how a refused image is fixed, so after a failure they count as a changed input.
  const fixed =
    olds !== undefined && JSON.stringify(olds.registryCredentials) !== JSON.stringify(news.registryCredentials);
  if (shortfall === "failed" && fixed && recorded.adopted !== true) {
    return replace(`starts a new run: ${run} ${didNotReach(shortfall)}, and registryCredentials changed since`);
  }
  // Keeping says that the failure calls for no new run; "every up" calls for one whatever became of the last.
  if (policy === "keep" && shortfall !== "lost" && news.runOnEveryUp && recorded.adopted !== true) {
    return replace(`${newRun(recorded, run)}: runOnEveryUp is set`);
  }
  // Its exit code and last lines are read, and recorded, by the update.
  if (policy === "keep" && endIsNews) return update(`records that ${run} ${didNotReach(shortfall)}`);
  if (policy === "keep") return { kind: "same", warnings: [keptWarning(shortfall, recorded, news)] };
  // A lost run may have turned up again, so what comes of it is left open.
  if (shortfall === "lost")
    return update(`looks again for ${run}, which is lost; stops if it is still lost, because ${because}`);
  return update(`stops: ${run} ${didNotReach(shortfall)}, and ${because}`);
}

const replace = (why: string): DiffDecision => ({ kind: "replace", why, warnings: [] });
const update = (why: string, warnings: readonly string[] = []): DiffDecision => ({ kind: "update", why, warnings });

function didNotReach(shortfall: Shortfall): string {
  if (shortfall === "lost") return "is lost (Lyceum answers 404 and has not reported its end)";
  return shortfall === "aborted" ? "was ended by somebody else" : "did not complete";
}

function lastObserved(recorded: ExecutionOutputs, observedAt: number | undefined): string {
  if (endWasNotReported(recorded)) return `forgotten, last status: ${recorded.status}`;
  if (isOver(recorded)) return outcome(recorded);
  if (observedAt === undefined) return `last status: ${recorded.status}`;
  return `${recorded.status} at ${new Date(observedAt).toISOString().slice(11, 19)} UTC`;
}

function newRun(recorded: ExecutionOutputs, run: string, what = "starts a new run"): string {
  return isOver(recorded) ? `${what} in place of ${run}` : `${letsGo(recorded, run)} and ${what}`;
}

function otherRun(recorded: ExecutionOutputs, run: string): string {
  return newRun(recorded, run, "adopts another run");
}

/** What becomes of the recorded run if a new one is started. */
function besides(recorded: ExecutionOutputs): string {
  if (isOver(recorded)) return "in place of";
  return recorded.onDelete === "leave" ? "next to" : "and end";
}

function letsGo({ onDelete }: ExecutionOutputs, run: string): string {
  return onDelete === "leave" ? `leaves ${run} active` : `aborts ${run}`;
}

function nextRunWarnings({ recorded, news, olds }: DiffFacts): string[] {
  const kind = kindOf(recorded);
  if (kind === "completed" || recorded.missing !== undefined) return [];
  const changed = settingsForNextRun(recorded, news, olds);
  if (changed.length === 0) return [];
  return [`Changed for the next run only, because run ${recorded.executionId} is still active: ${changed.join(", ")}.`];
}

function publicName(input: string): string {
  if (input === "composeFileText") return "composeFile";
  return input === MODEL_INPUT ? "variables of the compose project" : input;
}
