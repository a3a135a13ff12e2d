import {
  costOver,
  type Evaluation,
  type Policy,
  type PricedRun,
  type Prices,
  withoutExceptions,
} from "../../provider/policy";
import {
  adoptsRun,
  asDiagnostic,
  isExecutionType,
  mayUseOtherAccount,
  readOr,
  violationLine,
} from "../../provider/policy/declared";
import { subjectIn } from "./declared";
import type { LyceumPolicy, PolicyHead, ValidatedResource } from "./types";

/**
 * Returns the policy about the total cost of all runs that will start. Only a preview shows which runs will start. With
 * the plugin, only the inputs of a resource contain the machine, and `validateStack` receives outputs. For this reason,
 * `validateResource` records the inputs, and `validateStack` evaluates them.
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
      // If `existingExecutionId` is unknown at preview, it may be empty at the update, which then starts a run.
      const mayStartRun = isExecutionType(type) && !readOr(false, () => adoptsRun(props));
      if (mayStartRun) declared.set(urn, pricedRun(resource));
      else declared.delete(urn);
    },
    validateStack: async ({ resources }, report) => {
      const starting = resources
        .filter((resource) => isExecutionType(resource.type) && !hasRun(resource))
        .flatMap(({ urn }) => declared.get(urn) ?? []);
      const [first] = resources;
      if (first === undefined || starting.length === 0) return;
      // All resources belong to the same stack, so the first resource decides which policy applies.
      const { policy, evaluation } = policyFor(first.urn);
      if (policy.maxCost === undefined) return;
      const found = costOver(policy, { starts: starting, prices: await readPrices() });
      for (const violation of withoutExceptions(found, evaluation)) {
        report(violationLine(asDiagnostic(violation, undefined, evaluation.severity)));
      }
    },
  };
}

function pricedRun(resource: ValidatedResource): PricedRun {
  const subject = subjectIn(resource);
  const { provider } = resource;
  return {
    name: resource.name,
    executionType: readOr(undefined, () => subject.executionType),
    timeout: readOr(undefined, () => subject.timeout),
    gracefulTimeout: readOr(undefined, () => subject.gracefulTimeout),
    attempts: readOr(undefined, () => subject.attempts),
    ...(provider !== undefined && mayUseOtherAccount({ ...provider, inputs: provider.props })
      ? { isElsewhere: true }
      : {}),
  };
}

/** Whether a resource already has a run. In a preview, a run that will start has no id yet. */
function hasRun({ props }: ValidatedResource): boolean {
  return typeof readOr(undefined, () => props.executionId) === "string";
}
