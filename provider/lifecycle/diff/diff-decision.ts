import { kindOf } from "../../lyceum/answers/status";
import { isUnclear } from "../../schema/run-id";
import { keptWarning, outcome, policyReason, shortfallOf } from "../end/messages";
import { type ExecutionInputs, MODEL_INPUT } from "../run/inputs";
import { policyFor, type Shortfall } from "../run/policy";
import { artifactsChanged, awaitedArtifacts } from "../run/record/artifacts";
import { endWasNotReported, isOver } from "../run/record/ended";
import type { ExecutionOutputs } from "../run/record/record";
import { waitOutcome } from "../run/wait-outcome";
import { isSecretInput, type OldInputs, reasonsForNewRun, settingsForNextRun } from "./changes";

/** The decision of a diff. `why` and `warnings` are texts for the resource's row in Pulumi's display. */
export type DiffDecision =
  | { readonly kind: "same"; readonly warnings: readonly string[] }
  | { readonly kind: "update" | "replace"; readonly why: string; readonly warnings: readonly string[] };

/** The facts for the decision of a diff. */
export interface DiffFacts {
  readonly recorded: ExecutionOutputs;
  readonly news: ExecutionInputs;
  readonly olds: OldInputs;
  /** Names of unknown inputs whose change starts a new run. */
  readonly unknown: readonly string[];
  /** Whether the unknown inputs come from a resource that is replaced. */
  readonly upstreamReplaced?: boolean;
  /** Names of unknown inputs whose change starts no new run. */
  readonly unknownSettings?: readonly string[];
  /** Whether the scope is unknown, for example because the update will create the scope again. */
  readonly scopeUnknown: boolean;
  /**
   * Whether the state lacks the end of the run, or an earlier command did not get the record of the end (`endUnread`).
   */
  readonly endIsNews?: boolean;
  /**
   * When this command observed the status, in milliseconds since the epoch. Absent if the status is the recorded one.
   */
  readonly observedAt?: number | undefined;
}

/**
 * Decides about a recorded resource. The first row that matches counts.
 *
 * | condition                                                | decision |
 * |----------------------------------------------------------|----------|
 * | an input that can start a new run is unknown until another resource is replaced | replace, "starts a new run" |
 * | an input whose change starts a new run is unknown        | replace, "may start a new run" |
 * | an input changed that starts a new run, or that `replaceOnChanges` or `rerunOnChanges` names | replace |
 * | the last command aborted the run for a replacement, but started no new run | replace |
 * | the start of the run got no clear answer                 | update, which looks for the run |
 * | a setting on which a row below depends is unknown        | same |
 * | the run failed, was aborted or is lost; the policy is rerun | replace; if adopted by its id, update, which stops |
 * | the run failed, and the registry credentials changed     | replace; if adopted by its id, the rows below count |
 * | the run failed or was aborted; the policy is keep; `runOnEveryUp` | replace; if adopted by its id, the next row |
 * | the run failed, was aborted or is lost; the policy is keep; `endIsNews` | update, which records the end |
 * | the run failed, was aborted or is lost; the policy is keep | same, one warning |
 * | the run failed, was aborted or is lost; the policy is fail | update, which stops with an error |
 * | the wait for the run is unfinished                       | update, which resumes the same run |
 * | `runOnEveryUp`                                           | replace; not if the run was adopted by its id |
 * | the record of the run could not be read when it ended    | update, which reads it |
 * | `onDelete`, `deleteRecord` or `artifacts` changed        | update, even if a failed run is kept |
 * | the run has completed, and an artifact is not recorded   | update, which looks for it |
 * | anything else (credentials, clocks, grace, labels, …)    | same; a warning while the run is active |
 */
export function decideDiff(facts: DiffFacts): DiffDecision {
  const { recorded, news, olds } = facts;
  const run = isUnclear(recorded)
    ? "the start that got no clear answer"
    : `run ${recorded.executionId} (${lastObserved(recorded, facts.observedAt)})`;
  if (facts.unknown.length > 0) {
    const names = facts.unknown.map(publicName).join(", ");
    if (facts.upstreamReplaced === true) {
      const next = facts.unknown.includes("existingExecutionId") ? otherRun(recorded, run) : newRun(recorded, run);
      return replace(`${next}: ${names} not known until another resource is replaced`);
    }
    return replace(`may start a new run ${besides(recorded)} ${run}: ${names} not known yet`);
  }
  const changed = facts.scopeUnknown ? [] : reasonsForNewRun(recorded, news, olds);
  // The old run is already aborted, so the new run is started even if the program has changed again.
  const reasons = recorded.awaitsStart === true ? ["it was aborted for a replacement that was not started"] : changed;
  if (reasons.length > 0) {
    const next = news.existingExecutionId === undefined ? newRun(recorded, run) : otherRun(recorded, run);
    return replace(`${next}: ${reasons.join("; ")}`);
  }
  if (isUnclear(recorded)) return update("looks for the run of the start that got no clear answer");
  // A preview cannot decide with an unknown desired state, policy or setting.
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
  if (recorded.endUnread === true) return update(`reads the record of ${run}, which could not be read when it ended`);
  return settingsOfEnd(facts, run, nextRunWarnings(facts));
}

/**
 * Decides whether an update must record new values of `onDelete`, `deleteRecord` or `artifacts`. This is necessary,
 * because a destroy receives only recorded values. Also decides whether an update must look for artifacts of the run
 * that are not recorded yet.
 */
function settingsOfEnd({ recorded, news, olds }: DiffFacts, run: string, warnings: readonly string[]): DiffDecision {
  const hides = isSecretInput(news, olds);
  const changed = (name: "onDelete" | "deleteRecord"): DiffDecision =>
    update(`${name} changed${hides(name) ? "" : ` to ${JSON.stringify(news[name])}`} for ${run}`, warnings);
  if (news.onDelete !== recorded.onDelete) return changed("onDelete");
  if (news.deleteRecord !== (recorded.deleteRecord === true)) return changed("deleteRecord");
  if (artifactsChanged(recorded, news)) return update(`artifacts changed for ${run}`, warnings);
  const awaited = awaitedArtifacts(recorded);
  if (awaited.length > 0) return update(`looks for the artifacts of ${run}: ${awaited.join(", ")}`, warnings);
  return { kind: "same", warnings };
}

function afterShortfall(shortfall: Shortfall, facts: DiffFacts, run: string): DiffDecision {
  const { recorded, news, olds, endIsNews } = facts;
  const policy = policyFor(shortfall, news);
  const because = policyReason(shortfall, news);
  if (policy === "rerun" && recorded.adopted === true) {
    return update(`stops: ${run} ${didNotReach(shortfall, recorded)}, and it was adopted by its id`);
  }
  if (policy === "rerun")
    return replace(`starts a new run: ${run} ${didNotReach(shortfall, recorded)}, and ${because}`);
  // With new credentials, Lyceum may be able to pull an image that was refused before.
  const fixed =
    olds !== undefined && JSON.stringify(olds.registryCredentials) !== JSON.stringify(news.registryCredentials);
  if (shortfall === "failed" && fixed && recorded.adopted !== true) {
    return replace(
      `starts a new run: ${run} ${didNotReach(shortfall, recorded)}, and registryCredentials changed since`,
    );
  }
  // After a failed or aborted run, the policy "keep" starts no new run, but `runOnEveryUp` does.
  if (policy === "keep" && shortfall !== "lost" && news.runOnEveryUp && recorded.adopted !== true) {
    return replace(`${newRun(recorded, run)}: runOnEveryUp is set`);
  }
  // The update reads the exit code and the last lines of the run. It warns with both, and records the end.
  if (policy === "keep" && endIsNews) return update(`records that ${run} ${didNotReach(shortfall, recorded)}`);
  if (policy === "keep") return { kind: "same", warnings: [keptWarning(shortfall, recorded, news)] };
  // Lyceum may show a lost run again, so the reason does not say how the run ended.
  if (shortfall === "lost")
    return update(`looks again for ${run}, which is lost; stops if it is still lost, because ${because}`);
  return update(`stops: ${run} ${didNotReach(shortfall, recorded)}, and ${because}`);
}

const replace = (why: string): DiffDecision => ({ kind: "replace", why, warnings: [] });
const update = (why: string, warnings: readonly string[] = []): DiffDecision => ({ kind: "update", why, warnings });

function didNotReach(shortfall: Shortfall, { abortSent }: ExecutionOutputs): string {
  if (shortfall === "lost") return "is lost (Lyceum answers 404 and has not reported its end)";
  if (shortfall === "failed") return "did not complete";
  return abortSent === true ? "was aborted when its command was cancelled" : "was aborted";
}

function lastObserved(recorded: ExecutionOutputs, observedAt: number | undefined): string {
  if (endWasNotReported(recorded)) return `forgotten, last status: ${recorded.status}`;
  if (isOver(recorded)) return outcome(recorded);
  if (observedAt === undefined) return `last status: ${recorded.status}`;
  return `${recorded.status} at ${new Date(observedAt).toISOString().slice(11, 19)} UTC`;
}

function newRun(recorded: ExecutionOutputs, run: string, what = "starts a new run"): string {
  if (isOver(recorded) || isUnclear(recorded)) return `${what} in place of ${run}`;
  return `${recorded.onDelete === "leave" ? `leaves ${run} active` : `aborts ${run}`} and ${what}`;
}

function otherRun(recorded: ExecutionOutputs, run: string): string {
  return newRun(recorded, run, isUnclear(recorded) ? "adopts a run" : "adopts another run");
}

/** Returns the words between "may start a new run" and the id of the recorded run, for example "in place of". */
function besides(recorded: ExecutionOutputs): string {
  if (isOver(recorded) || isUnclear(recorded)) return "in place of";
  return recorded.onDelete === "leave" ? "next to" : "and end";
}

function nextRunWarnings({ recorded, news, olds }: DiffFacts): string[] {
  if (kindOf(recorded) === "completed" || recorded.missing !== undefined) return [];
  const changed = settingsForNextRun(recorded, news, olds);
  if (changed.length === 0) return [];
  return [
    `Changed for the next run only, because run ${recorded.executionId} is still active: ${changed.join(", ")}. With their names in \`rerunOnChanges\`, a change starts a new run.`,
  ];
}

function publicName(input: string): string {
  if (input === "composeFileText") return "composeFile";
  return input === MODEL_INPUT ? "variables or images of the compose project" : input;
}
