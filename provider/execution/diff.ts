import { type OldInputs, reasonsForNewRun, settingsForNextRun } from "./changes";
import type { ExecutionInputs } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { classifyStatus, isEnd } from "./status";
import { judge } from "./verdict";

/** What the engine is told, and what the row is told. `why` is one line for a person. */
export type DiffDecision =
  | { readonly kind: "same"; readonly warnings: readonly string[] }
  | { readonly kind: "update"; readonly why: string; readonly warnings: readonly string[] }
  | { readonly kind: "replace"; readonly why: string; readonly warnings: readonly string[] };

/** What a diff is decided from. Pure data: the digests' key (the scope) is inside `news`. */
export interface DiffFacts {
  readonly recorded: ExecutionOutputs;
  readonly news: ExecutionInputs;
  readonly olds: OldInputs;
  /** Names of inputs that call for a new run and are not known yet. */
  readonly unknown: readonly string[];
  /** The scope itself is unknown at preview when it is about to be made anew. */
  readonly scopeUnknown: boolean;
}

/**
 * The table of diff, first match wins.
 *
 * | what is met                                             | decision |
 * |---------------------------------------------------------|----------|
 * | an input that calls for a new run is unknown            | replace, "may start a new run" |
 * | such an input changed                                   | replace  |
 * | the run is lost (404 without an end seen)               | update, which stops with an error |
 * | it ended not ok and `waitFor` is `completed`            | replace  |
 * | it ended not ok otherwise                               | same, one warning |
 * | its wait is unfinished                                  | update, which resumes the same run |
 * | `onDelete` changed                                      | update   |
 * | anything else (credentials, clocks, grace, labels, …)   | same; a warning while the run is still going |
 */
export function decideDiff(facts: DiffFacts): DiffDecision {
  const { recorded, news, olds } = facts;
  const run = `run ${recorded.executionId} (${lastSeen(recorded)})`;
  if (facts.unknown.length > 0) {
    return {
      kind: "replace",
      why: `may start a new run and end ${run}: ${facts.unknown.map(publicName).join(", ")} not known yet`,
      warnings: [],
    };
  }
  const reasons = facts.scopeUnknown ? [] : reasonsForNewRun(recorded, news, olds);
  if (reasons.length > 0)
    return {
      kind: "replace",
      why: `${newRun(recorded, run)}: ${reasons.join("; ")}`,
      warnings: [],
    };
  if (recorded.missing === "lost") {
    return {
      kind: "update",
      why: `${run} is lost: the service answers 404, and its end was not seen; this will be looked at again`,
      warnings: [],
    };
  }
  const verdict = judge(news.waitFor, recorded.status);
  if (verdict === "fell-short") {
    if (news.waitFor === "completed")
      return { kind: "replace", why: `starts a new run: ${run} did not complete`, warnings: [] };
    return { kind: "same", warnings: [keptWarning(recorded, news)] };
  }
  if (verdict === "wait")
    return { kind: "update", why: `resumes waiting for ${run} to be ${news.waitFor}`, warnings: [] };
  const warnings = nextRunWarnings(facts);
  if (news.onDelete !== recorded.onDelete) {
    return { kind: "update", why: `onDelete changed to "${news.onDelete}" for ${run}`, warnings };
  }
  return { kind: "same", warnings };
}

/** The one warning for a run that ended badly and is kept, because nobody asked to wait for its success. */
export function keptWarning(recorded: ExecutionOutputs, news: Pick<ExecutionInputs, "waitFor">): string {
  return `Run ${recorded.executionId} ended ${outcome(recorded)}. It is kept, because waitFor is "${news.waitFor}"; change triggers to run it again.`;
}

/** "failed, exit code 3" */
export function outcome(recorded: Pick<ExecutionOutputs, "status" | "returnCode">): string {
  return recorded.returnCode === undefined ? recorded.status : `${recorded.status}, exit code ${recorded.returnCode}`;
}

function lastSeen(recorded: ExecutionOutputs): string {
  return isEnd(recorded.status) ? outcome(recorded) : `last seen ${recorded.status}`;
}

function newRun(recorded: ExecutionOutputs, run: string): string {
  if (isEnd(recorded.status)) return `starts a new run in place of ${run}`;
  return `${recorded.onDelete === "leave" ? `leaves ${run} going` : `aborts ${run}`} and starts a new run`;
}

function nextRunWarnings({ recorded, news, olds }: DiffFacts): string[] {
  const kind = classifyStatus(recorded.status);
  if (kind === "completed" || recorded.missing !== undefined) return [];
  const changed = settingsForNextRun(recorded, news, olds);
  if (changed.length === 0) return [];
  return [`Changed for the next run only, since run ${recorded.executionId} is still going: ${changed.join(", ")}.`];
}

function publicName(input: string): string {
  return input === "composeFileText" ? "composeFile" : input;
}
