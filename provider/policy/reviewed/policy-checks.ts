import type { InputName } from "../../schema";
import type { Policy, StackPolicy } from "..";
import { DOCUMENT } from "./execution";

/**
 * What must be the same in an update as in its preview, if a policy applies and nobody has reviewed the preview. Some
 * rules of a policy are evaluated only at the preview, because they need the account, the state or all documents.
 * Without these checks, the update could start or end a run that those rules have not evaluated.
 */
export interface PolicyChecks {
  /**
   * The names of the arguments whose values must not change, because rules have evaluated them at the preview.
   * `compose` means the Compose document.
   */
  readonly compares: readonly string[];
  /** If true, an update may start a run only if the preview showed this start. */
  readonly starts: boolean;
  /** If true, an update may end a run only if the preview showed that it ends this run. */
  readonly ends: boolean;
}

const COST: readonly InputName[] = ["executionType", "gracefulTimeout", "retries", "timeout"];

/** For each rule that an update does not evaluate again: what must be the same in the update as in its preview. */
const KEPT: Readonly<Partial<Record<keyof Policy, Partial<PolicyChecks>>>> = {
  noPlaintextSecrets: { compares: [DOCUMENT] },
  maxCost: { compares: COST, starts: true },
  maxCostPerRun: { compares: COST, starts: true },
  maxCostPerMonth: { compares: COST, starts: true },
  parallelRuns: { starts: true },
  protected: { ends: true },
};

/**
 * Returns what a policy requires to be the same in an update as in its preview. Undefined if the policy has none of the
 * rules in `KEPT`. A rule is ignored if an exception for all resources allows its violations.
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
