import type { ParsedArguments } from "../../schema";

/**
 * What the next `up` does with a run that missed its desired state: start a new run, keep the run with a warning, or
 * stop with an error.
 */
export type RunPolicy = NonNullable<ParsedArguments["whenFailed"]>;

/** Why a run missed its desired state: it failed, it was aborted, or Lyceum no longer shows it. */
export type Shortfall = "failed" | "aborted" | "lost";

/** The policies of a resource. If a policy is absent, the default in the table of `policyFor` applies. */
export type RunPolicies = Pick<ParsedArguments, "waitFor" | "whenFailed" | "whenAborted" | "whenLost">;

/** For each way to miss the desired state (a shortfall), the argument that sets the policy for it. */
export const POLICY_ARGUMENT: Readonly<Record<Shortfall, "whenFailed" | "whenAborted" | "whenLost">> = {
  failed: "whenFailed",
  aborted: "whenAborted",
  lost: "whenLost",
};

/**
 * Returns the policy that applies to a run that missed its desired state.
 *
 * | shortfall | default, `waitFor: "completed"` | default, other `waitFor` |
 * |-----------|---------------------------------|--------------------------|
 * | failed    | rerun                           | keep                     |
 * | aborted   | rerun                           | keep                     |
 * | lost      | fail                            | fail                     |
 */
export function policyFor(shortfall: Shortfall, policies: RunPolicies): RunPolicy {
  const chosen = policies[POLICY_ARGUMENT[shortfall]];
  if (chosen !== undefined) return chosen;
  if (shortfall === "lost") return "fail";
  return policies.waitFor === "completed" ? "rerun" : "keep";
}
