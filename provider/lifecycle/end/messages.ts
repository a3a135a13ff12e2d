import { kindOf } from "../../lyceum/answers/status";
import type { ExecutionInputs } from "../run/inputs";
import { POLICY_ARGUMENT, policyFor, type RunPolicies, type Shortfall } from "../run/policy";
import { endWasNotReported } from "../run/record/ended";
import type { ExecutionOutputs } from "../run/record/record";
import { waitOutcome } from "../run/wait-outcome";

/**
 * Returns how a recorded run missed its desired state, or undefined. A `forgotten` run (404 after all its time limits)
 * counts as lost if `waitFor` is "completed", because nobody has observed its end.
 */
export function shortfallOf(recorded: ExecutionOutputs, news: Pick<ExecutionInputs, "waitFor">): Shortfall | undefined {
  if (recorded.missing === "lost") return "lost";
  if (endWasNotReported(recorded)) return news.waitFor === "completed" ? "lost" : undefined;
  if (waitOutcome(news.waitFor, recorded) !== "fell-short") return undefined;
  return kindOf(recorded) === "aborted" ? "aborted" : "failed";
}

/** Whether the program allows replacing a lost run without proof of its end. */
export function acceptsLoss(recorded: ExecutionOutputs, news: Pick<ExecutionInputs, "waitFor" | "whenLost">): boolean {
  return shortfallOf(recorded, news) === "lost" && policyFor("lost", news) === "rerun";
}

/**
 * Returns how a run missed its desired state, as words that follow the name of the run in a sentence. `cause` describes
 * the failed service.
 */
export function happened(shortfall: Shortfall, recorded: ExecutionOutputs, cause = ""): string {
  return shortfall === "lost" ? "is lost (Lyceum answers 404)" : `${ending(recorded)}${cause}`;
}

/** Returns the warning for a run that missed its desired state and is kept. */
export function keptWarning(shortfall: Shortfall, recorded: ExecutionOutputs, news: RunPolicies, cause = ""): string {
  const longer =
    recorded.status.trim().toLowerCase() === "timeout" ? "raise `timeout` or make the run shorter, and " : "";
  return `Run ${recorded.executionId} ${happened(shortfall, recorded, cause)}. It is kept, because ${policyReason(shortfall, news)}; ${longer}change triggers to run it again.`;
}

/**
 * Returns the reason for the policy of a run that missed its desired state: the argument that sets the policy, or the
 * value of `waitFor`, which decides the default.
 */
export function policyReason(shortfall: Shortfall, news: RunPolicies): string {
  const argument = POLICY_ARGUMENT[shortfall];
  const policy = policyFor(shortfall, news);
  if (news[argument] !== undefined || shortfall === "lost") return `${argument} is "${policy}"`;
  return `waitFor is "${news.waitFor}"`;
}

/** Returns how a run ended, as text for parentheses: "failed with exit code 3". */
export function outcome(recorded: Pick<ExecutionOutputs, "status" | "returnCode">): string {
  const { status, returnCode } = recorded;
  return returnCode === undefined ? status : `${status} with exit code ${returnCode}`;
}

/** Returns the state of a recorded run, for a message about a changed resource. */
export function standingOf(recorded: ExecutionOutputs): string {
  if (recorded.missing === "lost") return "lost (Lyceum answers 404)";
  return endWasNotReported(recorded) ? "forgotten" : outcome(recorded);
}

/**
 * Returns how a run ended, as the verb of a sentence: "failed with exit code 3". Any status other than completed,
 * failed, aborted and cancelled is quoted: `ended with the status "timeout"`.
 */
export function ending(recorded: Pick<ExecutionOutputs, "status" | "returnCode" | "endedAt">): string {
  const { status, returnCode } = recorded;
  const code = returnCode === undefined ? "" : ` with exit code ${returnCode}`;
  switch (status.trim().toLowerCase()) {
    case "failed":
      return `failed${code}`;
    case "aborted":
      return `was aborted${code}`;
    case "cancelled":
      return `was cancelled${code}`;
    case "completed":
      return returnCode === undefined || returnCode === 0 ? "completed" : `completed${code}, which is a failure`;
    default:
      return `ended with the status "${status}"${returnCode === undefined ? "" : ` and exit code ${returnCode}`}`;
  }
}
