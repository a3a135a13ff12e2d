import type { InputName } from "../../schema";
import type { Policy, StackPolicy } from "..";
import { DOCUMENT } from "./execution";

/**
 * The parts of a plan that an update must keep under a policy, although nobody has reviewed the plan. Some rules are
 * evaluated only at the preview, because they need the account, the state or all documents. So an update must not start
 * or end what the preview did not show to these rules.
 */
export interface PolicyChecks {
  /** The arguments that the rules have evaluated, and that must not change. `compose` is the document. */
  readonly compares: readonly string[];
  /** Whether an update may start a run only if the preview has shown this start. */
  readonly starts: boolean;
  /** Whether an update may end a run only if the preview has shown this end. */
  readonly ends: boolean;
}

const COST: readonly InputName[] = ["executionType", "gracefulTimeout", "retries", "timeout"];

/** The rules that only a preview evaluates, and what an update must keep for each. */
const KEPT: Readonly<Partial<Record<keyof Policy, Partial<PolicyChecks>>>> = {
  noPlaintextSecrets: { compares: [DOCUMENT] },
  maxCost: { compares: COST, starts: true },
  maxCostPerRun: { compares: COST, starts: true },
  maxCostPerMonth: { compares: COST, starts: true },
  parallelRuns: { starts: true },
  protected: { ends: true },
};

/**
 * Returns what an update must keep of its preview. Undefined if the policy has no rule that only a preview evaluates. A
 * rule does not count if an exception allows its violations by every resource.
 */
export function policyChecks(
  { refuse, exceptions }: Pick<StackPolicy, "refuse" | "exceptions">,
  today: string,
): PolicyChecks | undefined {
  const isExcepted = (rule: string) =>
    exceptions.some((one) => one.rule === rule && one.resource === undefined && one.until >= today);
  const kept = Object.entries(KEPT).flatMap(([rule, own]) => {
    const value = refuse[rule as keyof Policy];
    return value === undefined || value === false || isExcepted(rule) ? [] : [own];
  });
  if (kept.length === 0) return undefined;
  return {
    compares: [...new Set(kept.flatMap(({ compares = [] }) => compares))].sort(),
    starts: kept.some(({ starts }) => starts === true),
    ends: kept.some(({ ends }) => ends === true),
  };
}
