import type { ParsedArguments } from "../../schema";

/** What the next `up` does about a run that has not reached the desired state: start a new one, keep it with a warning, or stop with an error. */
export type RunPolicy = NonNullable<ParsedArguments["whenFailed"]>;

/** How a run has not reached the desired state: it ended badly, somebody else ended it, or it is gone without an end seen. */
export type Shortfall = "failed" | "aborted" | "lost";

/** The choices of a resource; an absent one takes the default of the table. */
export type RunPolicies = Pick<ParsedArguments, "waitFor" | "whenFailed" | "whenAborted" | "whenLost">;

/** The argument that decides about a shortfall. */
export const POLICY_ARGUMENT: Readonly<Record<Shortfall, "whenFailed" | "whenAborted" | "whenLost">> = {
  failed: "whenFailed",
  aborted: "whenAborted",
  lost: "whenLost",
};

/**
 * The policy that holds.
 *
 * | shortfall | default, `waitFor: "completed"` | default otherwise |
 * |-----------|---------------------------------|-------------------|
 * | failed    | rerun                           | keep              |
 * | aborted   | rerun                           | keep              |
 * | lost      | fail                            | fail              |
 */
export function policyFor(shortfall: Shortfall, policies: RunPolicies): RunPolicy {
  const chosen = policies[POLICY_ARGUMENT[shortfall]];
  if (chosen !== undefined) return chosen;
  if (shortfall === "lost") return "fail";
  return policies.waitFor === "completed" ? "rerun" : "keep";
}
