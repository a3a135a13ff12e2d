import {
  type Evaluation,
  type Policy,
  type PolicyPlan,
  type PricedRun,
  type Prices,
  wholeViolations,
  withoutExceptions,
} from "../../provider/policy";
import { adoptsRun, asDiagnostic, isExecutionType, readOr, violationLine } from "../../provider/policy/declared";
import { subjectIn } from "./declared";
import type { LyceumPolicy, PolicyHead, ValidatedResource } from "./types";

/** A pack knows only the runs that start, and their prices. */
const NOTHING: PolicyPlan = {
  starts: [],
  prices: undefined,
  active: undefined,
  month: undefined,
  ends: [],
  changes: true,
  now: 0,
};

/**
 * The policy about the cost of all runs that start. Only a preview shows which runs start. With the plugin, only the
 * inputs have the machine, so they are kept when each resource is validated.
 */
export function costPolicy(
  head: PolicyHead,
  readPrices: () => Promise<Prices>,
  policyFor: (urn: string) => { readonly policy: Policy; readonly evaluation: Evaluation },
): LyceumPolicy {
  const declared = new Map<string, PricedRun>();
  return {
    ...head,
    validateResource: (resource) => {
      const { type, urn, props } = resource;
      // An id that is unknown at preview may be empty: then a run starts.
      const counts = isExecutionType(type) && !readOr(false, () => adoptsRun(props));
      if (counts) declared.set(urn, pricedRun(resource));
      else declared.delete(urn);
    },
    validateStack: async ({ resources }, report) => {
      const starting = resources
        .filter((resource) => isExecutionType(resource.type) && !hasRun(resource))
        .flatMap(({ urn }) => declared.get(urn) ?? []);
      const [first] = resources;
      if (first === undefined || starting.length === 0) return;
      // All resources are of one stack.
      const { policy, evaluation } = policyFor(first.urn);
      if (policy.maxCost === undefined) return;
      const found = wholeViolations("maxCost", policy, { ...NOTHING, starts: starting, prices: await readPrices() });
      for (const violation of withoutExceptions(found, evaluation)) {
        report(violationLine(asDiagnostic(violation, undefined, evaluation.severity)));
      }
    },
  };
}

function pricedRun(resource: ValidatedResource): PricedRun {
  const subject = subjectIn(resource);
  return {
    name: resource.name,
    executionType: readOr(undefined, () => subject.executionType),
    timeout: readOr(undefined, () => subject.timeout),
  };
}

/** Whether a resource has an active run. A run that will start has no id in a preview. */
function hasRun({ props }: ValidatedResource): boolean {
  return typeof readOr(undefined, () => props.executionId) === "string";
}
