import { INPUT_DEFAULTS } from "../schema";
import type { Policy, PolicySubject } from "./policy";
import type { RuleName } from "./rules";

/** Inputs of an execution that satisfy a rule, instead of those that the program declares. */
export type Remedy = Readonly<Record<string, number | string>>;

/**
 * The rules that have a value which satisfies them and does not change what a run computes: its time, and its machine.
 * Each function returns the inputs to change. `undefined`: no value satisfies the rule, or the inputs already do.
 */
const REMEDIES: Readonly<Partial<Record<RuleName, (policy: Policy, subject: PolicySubject) => Remedy | undefined>>> = {
  maxTimeout: ({ maxTimeout }, { timeout, gracefulTimeout }) => {
    if (maxTimeout === undefined || timeout === undefined || gracefulTimeout === undefined) return undefined;
    const lowered = Math.min(timeout, Math.floor(maxTimeout));
    // The rule allows the default grace period in addition to its limit.
    const grace = Math.min(gracefulTimeout, Math.floor(maxTimeout + Number(INPUT_DEFAULTS.gracefulTimeout)) - lowered);
    if (lowered < 1) return undefined;
    return changed({ timeout, gracefulTimeout }, { timeout: lowered, gracefulTimeout: grace });
  },
  executionTypes: ({ executionTypes = [] }, { executionType }) => {
    // A pattern such as `gpu.*` does not name a machine.
    const machine = executionTypes.find((pattern) => !pattern.includes("*"));
    return machine === undefined ? undefined : changed({ executionType }, { executionType: machine });
  },
};

/** The rules for which {@link remedyOf} may return inputs. */
export const REMEDIED: readonly RuleName[] = Object.keys(REMEDIES) as RuleName[];

/**
 * Returns the inputs that make an execution satisfy a rule. The caller evaluates the rule first: for an execution that
 * satisfies it, the result has no meaning.
 */
export function remedyOf(rule: RuleName, policy: Policy, subject: PolicySubject): Remedy | undefined {
  return REMEDIES[rule]?.(policy, subject);
}

/** Returns the inputs that differ, or undefined if none does. */
function changed(before: Readonly<Record<string, number | string | undefined>>, after: Remedy): Remedy | undefined {
  const different = Object.entries(after).filter(([name, value]) => before[name] !== value);
  return different.length === 0 ? undefined : Object.fromEntries(different);
}
