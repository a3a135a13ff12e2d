import type { ParsedArguments } from "../../schema";

/**
 * What the next `up` does with a run that missed its desired state: rerun, keep with a warning, or stop with an error.
 */
export type RunPolicy = NonNullable<ParsedArguments["whenFailed"]>;

/** Why a run missed its desired state: it failed, somebody else aborted it, or no call shows it any more. */
export type Shortfall = "failed" | "aborted" | "lost";

/** The policies of a resource. If one is absent, the default in the table below applies. */
export type RunPolicies = Pick<ParsedArguments, "waitFor" | "whenFailed" | "whenAborted" | "whenLost">;

/** The argument that sets the policy, for each reason. */
export const POLICY_ARGUMENT: Readonly<Record<Shortfall, "whenFailed" | "whenAborted" | "whenLost">> = {
  failed: "whenFailed",
  aborted: "whenAborted",
  lost: "whenLost",
};

/**
 * The policy that applies.
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
