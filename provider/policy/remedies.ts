import { INPUT_DEFAULTS } from "../schema";
import type { Policy, PolicySubject } from "./policy";
import type { RuleName } from "./rules";

/** The changed inputs with which an execution satisfies a rule. */
export type Remedy = Readonly<Record<string, number | string>>;

/**
 * For some rules, a function that returns changed inputs with which an execution satisfies the rule. Returns
 * `undefined` if it knows no such inputs. Only limits and the machine change, never what the run computes.
 */
const REMEDIES: Readonly<Partial<Record<RuleName, (policy: Policy, subject: PolicySubject) => Remedy | undefined>>> = {
  maxTimeout: ({ maxTimeout }, { timeout, gracefulTimeout }) => {
    if (maxTimeout === undefined || timeout === undefined || gracefulTimeout === undefined) return undefined;
    const lowered = Math.min(timeout, Math.floor(maxTimeout));
    // The rule also limits the sum of `timeout` and `gracefulTimeout`: it must be at most the sum of `maxTimeout` and
    // the default of `gracefulTimeout`.
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
 * Returns the changed inputs with which an execution satisfies a rule. Call this function only if the execution
 * violates the rule.
 */
export function remedyOf(rule: RuleName, policy: Policy, subject: PolicySubject): Remedy | undefined {
  return REMEDIES[rule]?.(policy, subject);
}

/** Returns the inputs that differ. Undefined if no input differs. */
function changed(before: Readonly<Record<string, number | string | undefined>>, after: Remedy): Remedy | undefined {
  const different = Object.entries(after).filter(([name, value]) => before[name] !== value);
  return different.length === 0 ? undefined : Object.fromEntries(different);
}
